package org.headgate.rule.window;

/** Hears of windows that close, and of rows that leave. */
public interface Closing {
    /**
     * A window has closed.
     *
     * @param content what it held; valid during the call
     * @param startNanos its beginning
     * @param endNanos its end
     * @param timeNanos the instant of its results
     */
    void closed(Content content, long startNanos, long endNanos, long timeNanos);

    /**
     * Rows are in no window any more. Told before the window that they were in last is {@link #closed}.
     *
     * @param used whether a window that they were in has closed; otherwise they were not wanted by any
     */
    void left(int input, long rows, boolean used);
}
