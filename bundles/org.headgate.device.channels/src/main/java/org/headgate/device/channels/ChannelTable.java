package org.headgate.device.channels;

import java.util.List;

/** Channels as a table in a CSV file (RFC 4180), for spreadsheets. */
public final class ChannelTable {
    private ChannelTable() {}

    /**
     * What a file says.
     *
     * @param channels the channels of the lines that are right
     * @param problems one line for the user each, such as {@code line 7: scale: 0,1 (expected: ...)}; empty when all is right
     */
    public record Contents(List<ChannelText> channels, List<String> problems) {
        public Contents {
            channels = List.copyOf(channels);
            problems = List.copyOf(problems);
        }
    }

    /** The channels as CSV: a header line, then a line each, with CRLF (RFC 4180 clause 2). */
    public static String write(List<ChannelText> channels) {
        throw new UnsupportedOperationException();
    }

    /** Reads CSV as {@link #write} makes it, and as spreadsheets change it. */
    public static Contents read(String csv) {
        throw new UnsupportedOperationException();
    }
}
