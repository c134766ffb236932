// The median: what is left of many values when some of them are wrong.
namespace PoleController.Sensing
{
    /// <summary>Order statistics of few values, in place, without memory of their own.</summary>
    public static class Median
    {
        /// <summary>Sorts the first values, the smallest first. For a few dozen at most: the work grows with the square of their number.</summary>
        public static void Sort(int[] values, int count)
        {
            for (int i = 1; i < count; i++)
            {
                int value = values[i];
                int j = i - 1;
                while (j >= 0 && values[j] > value)
                {
                    values[j + 1] = values[j];
                    j--;
                }

                values[j + 1] = value;
            }
        }

        /// <summary>The median of the first values, which are sorted by this; of two in the middle the mean, rounded towards zero.</summary>
        /// <param name="values">The values.</param>
        /// <param name="count">How many, 1 or more.</param>
        public static int Of(int[] values, int count)
        {
            Sort(values, count);
            int middle = count / 2;
            return count % 2 != 0 ? values[middle] : (int)(((long)values[middle - 1] + values[middle]) / 2);
        }

        /// <summary>The one in the middle of three.</summary>
        public static int OfThree(int a, int b, int c)
        {
            int low = a < b ? a : b;
            int high = a < b ? b : a;
            return c < low ? low : (c > high ? high : c);
        }
    }
}
