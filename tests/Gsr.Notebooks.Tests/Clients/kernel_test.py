"""The kernel under Jupyter's own tests of kernels (package jupyter_kernel_test); the kernelspec's name is the first argument."""
import sys
import unittest

import jupyter_kernel_test

KERNEL = sys.argv.pop(1)


class GsrKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh no");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sq", "matches": {"Sqrt"}},
        {"text": "#!ti", "matches": {"time"}},
    ]
    complete_code_samples = ["1 + 1", "var x = 1;", "for (var i = 0; i < 3; i++) { }", "int Twice(int n) => 2 * n;", ""]
    incomplete_code_samples = ["for (var i = 0; i < 3; i++) {", "var text = new[] {", "int Twice(int n)\n{", "Console.WriteLine("]
    invalid_code_samples = ["var x = ) 1;", "var x = = 1;", "int class = 3;"]
    code_page_something = "Console.WriteLine?"
    code_generate_error = 'throw new InvalidOperationException("on purpose");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": 'HTML("<b>bold</b>")', "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": 'display("x^2", "text/latex");', "mime": "text/latex"},
        {"code": "display(1);", "mime": "text/plain"},
    ]
    code_history_pattern = "1*1"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "ClearOutput();"


class NothingSkipped(unittest.TestCase):
    """A sample that is left out above would skip a test without a word."""

    def test_every_test_has_its_sample(self):
        names = [name for name in dir(jupyter_kernel_test.KernelTests) if name.startswith("code_") or name.endswith("samples")]
        self.assertEqual([name for name in names if not getattr(GsrKernelTests, name)], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
