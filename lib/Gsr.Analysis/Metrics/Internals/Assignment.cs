namespace Gsr.Analysis.Metrics;

/// <summary>The assignment problem: to every row its own column so that the sum of profits is largest.</summary>
internal static class Assignment
{
    /// <summary>
    /// The column of each row for profits [rows, columns], finite, rows ≤ columns: the Hungarian method with shortest
    /// augmenting paths and potentials, O(rows² columns) (Kuhn 1955; Jonker and Volgenant 1987).
    /// </summary>
    internal static int[] Best(double[,] profit)
    {
        int rows = profit.GetLength(0), columns = profit.GetLength(1);
        var ofRow = new double[rows];
        var ofColumn = new double[columns];
        var rowOf = new int[columns];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < rows; row++) Augment(row);

        var best = new int[rows];
        for (var column = 0; column < columns; column++)
            if (rowOf[column] >= 0) best[rowOf[column]] = column;
        return best;

        // Dijkstra from a free row to the nearest free column; reduced costs stay non-negative by the potentials.
        void Augment(int start)
        {
            var distance = new double[columns];
            var previous = new int[columns];
            var done = new bool[columns];
            Array.Fill(distance, double.PositiveInfinity);
            Array.Fill(previous, -1);
            var visited = new List<int>();
            int row = start, at = -1;
            double length = 0;
            do
            {
                var next = -1;
                for (var column = 0; column < columns; column++)
                {
                    if (done[column]) continue;
                    var through = length - profit[row, column] - ofRow[row] - ofColumn[column];
                    if (through < distance[column])
                        (distance[column], previous[column]) = (through, at);
                    if (next < 0 || distance[column] < distance[next])
                        next = column;
                }
                at = next;
                length = distance[at];
                done[at] = true;
                visited.Add(at);
                row = rowOf[at];
            }
            while (row >= 0);

            ofRow[start] += length;
            foreach (var column in visited)
            {
                var gain = length - distance[column];
                ofColumn[column] -= gain;
                if (rowOf[column] >= 0) ofRow[rowOf[column]] += gain;
            }
            while (at >= 0)
            {
                var before = previous[at];
                rowOf[at] = before >= 0 ? rowOf[before] : start;
                at = before;
            }
        }
    }
}
