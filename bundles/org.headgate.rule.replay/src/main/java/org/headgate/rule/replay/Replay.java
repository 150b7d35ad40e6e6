package org.headgate.rule.replay;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;

/** {@code headgate replay}: what rules put out for a recording, as fast as it can be read. */
public final class Replay {
    private static final int BUFFER = 1 << 16;

    private Replay() {}

    /**
     * Runs and ends with a status: 0, 1 when lines of the recording could not be used or it could not be read, 2 when a rule is wrong, 64 when an
     * option is.
     *
     * @param arguments the options, see {@link ReplayOptions}
     */
    public static void main(String[] arguments) {
        // Not System.out: that one hides that nobody listens any more.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(
                new ReplayRun(System.in, new BufferedOutputStream(out, BUFFER), System.err).run(List.of(arguments)));
    }
}
