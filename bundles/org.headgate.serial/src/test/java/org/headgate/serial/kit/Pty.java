package org.headgate.serial.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real tty whose other end is in the hands of a test: socat holds it, and speaks through its standard input and output. */
public final class Pty implements AutoCloseable {
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
    public synchronized void plugIn() throws IOException {
        Files.deleteIfExists(link);
        socat = Socat.start("-b65536", "PTY,raw,echo=0,link=" + link, "STDIO");
        if (!Files.exists(link)) {
            throw new IOException("socat made no tty at " + link);
        }
    }

    /** The tty goes, as an adapter does that is pulled; not before it is gone does this return. */
    public synchronized void pull() throws IOException {
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
