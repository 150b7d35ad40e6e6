package org.headgate.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A person at a terminal: a program on a pty (util-linux {@code script}), what it shows, and what is typed. Waits for what is shown,
 * never for a time. Close it in {@code @AfterEach}.
 */
final class Typist implements AutoCloseable {
    /** Control keys. */
    static final String CTRL_C = "\u0003";

    static final String CTRL_D = "\u0004";
    static final String CTRL_O = "\u000f";
    static final String CTRL_X = "\u0018";
    static final String TAB = "\t";

    /** The shell's reader switches this mode of the terminal on when it begins to read a line, and off when the line is complete. */
    private static final String READING = "\u001b[?2004h";

    private static final String READ = "\u001b[?2004l";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Colours, cursor movements, titles, character sets. */
    private static final String ESCAPES =
            "\u001b\\[[0-9;?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|\u001b[()][A-Z0-9]|\u001b[=>78]";

    /** What the shell draws before a prompt, so that it begins a line of its own. */
    private static final String FRESH_LINE = "~ {50,}\r( \r)?";

    private final Process process;
    private final OutputStream keyboard;
    private final StringBuilder shown = new StringBuilder();
    private int seen;
    private boolean ended;

    /** Opens the console of a gateway, and returns when it waits for a command. */
    static Typist at(RunningGateway gateway) throws IOException, InterruptedException {
        Typist typist = new Typist(gateway.builder("console"));
        typist.question();
        return typist;
    }

    /** Starts a program on a terminal of 200 columns, wide enough that no line of a test wraps. */
    Typist(ProcessBuilder program) throws IOException {
        String command = "stty cols 200 rows 40; exec " + String.join(" ", program.command());
        ProcessBuilder onTerminal = new ProcessBuilder("script", "-qec", command, "/dev/null");
        onTerminal.environment().putAll(program.environment());
        onTerminal.environment().put("TERM", "xterm");
        onTerminal.environment().put("SHELL", "/bin/sh");
        process = onTerminal.redirectErrorStream(true).start();
        keyboard = process.getOutputStream();
        InputStream screen = process.getInputStream();
        Thread reader = new Thread(() -> read(screen), "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream screen) {
        try (Reader in = new InputStreamReader(screen, StandardCharsets.UTF_8)) {
            char[] some = new char[4096];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                synchronized (shown) {
                    shown.append(some, 0, n);
                    shown.notifyAll();
                }
            }
        } catch (IOException gone) {
            // The program has ended.
        }
        synchronized (shown) {
            ended = true;
            shown.notifyAll();
        }
    }

    /** Presses keys. */
    void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Types a line and returns what was shown until the next question, be it the shell's prompt or one of a command's. */
    String line(String line) throws IOException, InterruptedException {
        type(line + "\r");
        raw(READ);
        return question();
    }

    /** Waits until something is asked, and returns what was shown before; the question itself comes after it. */
    String question() throws InterruptedException {
        return plain(raw(READING));
    }

    /** Waits until a text is shown, and returns everything since the last wait, without escape sequences. */
    String await(String text) throws InterruptedException {
        synchronized (shown) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!plain(shown.substring(seen)).contains(text)) {
                waitFor(text, end);
            }
            String since = plain(shown.substring(seen));
            seen = shown.length();
            return since;
        }
    }

    /** Waits until the program ends, and returns its last words. */
    String end() throws InterruptedException {
        synchronized (shown) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!ended) {
                shown.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                if (!ended && System.nanoTime() > end) {
                    throw new AssertionError("not ended; shown:\n" + plain(shown.toString()));
                }
            }
            return plain(shown.substring(seen));
        }
    }

    /** Everything that was ever shown, without escape sequences. */
    String everything() {
        synchronized (shown) {
            return plain(shown.toString());
        }
    }

    private String raw(String text) throws InterruptedException {
        synchronized (shown) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            int at = shown.indexOf(text, seen);
            while (at < 0) {
                waitFor(text, end);
                at = shown.indexOf(text, seen);
            }
            String before = shown.substring(seen, at);
            seen = at + text.length();
            return before;
        }
    }

    private void waitFor(String text, long end) throws InterruptedException {
        if (ended || System.nanoTime() > end) {
            throw new AssertionError((ended ? "the program has ended without " : "not shown: ") + printable(text)
                    + "\nsince then:\n" + plain(shown.substring(seen)) + "\nbefore:\n"
                    + plain(shown.substring(Math.max(0, seen - 2000), seen)));
        }
        shown.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    private static String plain(String text) {
        return text.replaceAll(ESCAPES, "").replaceAll(FRESH_LINE, "").replace("\r", "");
    }

    private static String printable(String text) {
        return text.replace("\u001b", "ESC");
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
