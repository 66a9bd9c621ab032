"""Jupyter's own suite for kernels, over this one.

Needs python3-jupyter-kernel-test (Debian) and the kernel installed under its usual name.
"""
import unittest

import jupyter_kernel_test


class GsrKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "csharp"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("trouble");'

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "System.Text.StringB", "matches": {"StringBuilder"}},
        {"text": '"text".ToUpp', "matches": {"ToUpper", "ToUpperInvariant"}},
        {"text": "nothing.At.All."},
    ]

    complete_code_samples = ["1 + 1", "var x = 1;", "int Twice(int n) => 2 * n;", "// a remark", "if (true) { }", ""]
    incomplete_code_samples = ["for (var i = 0; i < 3; i++) {", "var x = (1 +", 'var text = """', "class Open\n{\n", "/* a remark"]
    invalid_code_samples = ["1 + ) 2;", "int = 3;", "}"]

    code_page_something = "Console.WriteLine?"

    code_generate_error = 'throw new InvalidOperationException("on purpose");'

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"text"', "result": "text"},
        {"code": 'HTML("<b>bold</b>")', "mime": "text/html", "result": "<b>bold</b>"},
    ]

    code_display_data = [
        {"code": "display(1);", "mime": "text/plain"},
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": 'display("\\\\alpha", "text/latex");', "mime": "text/latex"},
    ]

    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "Console.WriteLine(1); ClearOutput();"


class NothingSkipped(unittest.TestCase):
    """A sample that is left out above would skip a test without a word."""

    def test_every_test_has_its_sample(self):
        names = [name for name in dir(jupyter_kernel_test.KernelTests) if name.startswith("code_") or name.endswith("samples")]
        self.assertEqual([name for name in names if not getattr(GsrKernelTests, name)], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
