package org.headgate.console;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the exec endpoint answers: lines of output as they are, lines of the error stream behind ENQ (5), and at the end EOT
 * (4) and the exit status. The two control characters and colours are taken out of what a command prints.
 */
final class ExecOutput {
    private static final int STATUS = 4;
    private static final int ERROR = 5;
    private static final int ESCAPE = 27;

    private final OutputStream socket;
    private boolean lineOpen;

    /** Output to this connection. */
    final PrintStream out = new PrintStream(new Plain(), true, StandardCharsets.UTF_8);
    /** Errors to this connection. */
    final PrintStream err = new PrintStream(new ErrorLines(), true, StandardCharsets.UTF_8);

    ExecOutput(OutputStream socket) {
        this.socket = new BufferedOutputStream(socket, 8192);
    }

    /** Ends the answer. */
    synchronized void end(int status) throws IOException {
        out.flush();
        err.flush();
        closeLine();
        socket.write(STATUS);
        socket.write((status + "\n").getBytes(StandardCharsets.US_ASCII));
        socket.flush();
    }

    private void closeLine() throws IOException {
        if (lineOpen) {
            socket.write('\n');
            lineOpen = false;
        }
    }

    private synchronized void plain(int b) throws IOException {
        socket.write(b);
        lineOpen = b != '\n';
    }

    private synchronized void error(byte[] line) throws IOException {
        closeLine();
        socket.write(ERROR);
        socket.write(line);
        socket.write('\n');
        socket.flush();
    }

    private synchronized void flushSocket() throws IOException {
        socket.flush();
    }

    /** Drops what would be taken for our own marks, and escape sequences for colours. */
    private class Plain extends OutputStream {
        private boolean escape;

        @Override
        public void write(int b) throws IOException {
            if (escape) {
                escape = !Character.isLetter(b);
            } else if (b == ESCAPE) {
                escape = true;
            } else if (b != STATUS && b != ERROR) {
                accept(b);
            }
        }

        void accept(int b) throws IOException {
            plain(b);
        }

        @Override
        public void flush() throws IOException {
            flushSocket();
        }
    }

    private final class ErrorLines extends Plain {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        void accept(int b) throws IOException {
            if (b == '\n') {
                error(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
    }
}
