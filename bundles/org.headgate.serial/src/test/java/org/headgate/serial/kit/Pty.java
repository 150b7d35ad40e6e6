package org.headgate.serial.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A real tty whose other end is in the hands of a test: socat holds it, and speaks through its standard input and output. */
public final class Pty implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Path link;
    private Process socat;

    /** A tty that is plugged in, under a name that is made; its folder too. */
    public Pty(Path link) throws IOException {
        this.link = link;
        Files.createDirectories(link.getParent());
        plugIn();
    }

    /** The tty's name, which stays when it is pulled and plugged in again. */
    public String path() {
        return link.toString();
    }

    /** The tty comes back; the kernel may number it differently. */
    public void plugIn() throws IOException {
        Files.deleteIfExists(link);
        try {
            socat = new ProcessBuilder("socat", "-b65536", "PTY,raw,echo=0,link=" + link, "STDIO")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            Assumptions.abort("socat is not installed: sudo apt-get install socat");
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(link)) {
            if (System.nanoTime() > deadline || !socat.isAlive()) {
                throw new IOException("socat made no tty at " + link);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** The tty goes, as an adapter does that is pulled; not before it is gone does this return. */
    public void pull() throws IOException {
        Process pulled = socat;
        pulled.destroyForcibly();
        try {
            pulled.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        // A kill leaves socat no time to do it.
        Files.deleteIfExists(link);
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(link + " stays");
        }
    }

    /** What the gateway sends. */
    public InputStream received() {
        return socat.getInputStream();
    }

    /** Sends to the gateway. */
    public void send(byte... bytes) throws IOException {
        OutputStream to = socat.getOutputStream();
        to.write(bytes);
        to.flush();
    }

    @Override
    public void close() throws IOException {
        pull();
    }
}
