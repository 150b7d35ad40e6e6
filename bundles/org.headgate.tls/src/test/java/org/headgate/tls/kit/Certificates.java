package org.headgate.tls.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Authorities and certificates of our own, made by openssl in a folder: {@code NAME.pem} and {@code NAME.key}. Keys are EC, which are made at once.
 */
public final class Certificates {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    /** In a folder that is there. */
    public Certificates(Path folder) {
        this.folder = folder;
    }

    /** Whether this machine can make some. */
    public static boolean isInstalled() {
        return Files.isExecutable(OPENSSL);
    }

    /** Where the files are. */
    public Path folder() {
        return folder;
    }

    /** A file of ours. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** A file's content by its name, as settings ask for it. */
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name.replace("@", ""))));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** An authority, self-signed. */
    public Certificates authority(String name) throws IOException, InterruptedException {
        return selfSigned(name, "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign");
    }

    /** A certificate that nobody but itself has signed. */
    public Certificates selfSigned(String name, String... extensions) throws IOException, InterruptedException {
        key(name);
        List<String> command = new ArrayList<>(List.of(
                "req",
                "-x509",
                "-new",
                "-key",
                name + ".key",
                "-subj",
                "/CN=" + name,
                "-days",
                "3650",
                "-out",
                name + ".pem"));
        for (String extension : extensions) {
            command.add("-addext");
            command.add(extension);
        }
        run(command.toArray(String[]::new));
        return this;
    }

    /** A certificate by an authority, valid from an hour ago for ten years. */
    public Certificates signed(String authority, String name, String names) throws IOException, InterruptedException {
        Instant now = Instant.now();
        return signed(authority, name, names, now.minusSeconds(3600), now.plusSeconds(3650L * 86_400));
    }

    /**
     * A certificate by an authority.
     *
     * @param names alternative names, for example {@code DNS:localhost,IP:127.0.0.1}; empty for none
     */
    public Certificates signed(String authority, String name, String names, Instant from, Instant until)
            throws IOException, InterruptedException {
        key(name);
        run("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
        Files.writeString(
                folder.resolve(name + ".ext"),
                "basicConstraints=CA:FALSE\n" + (names.isEmpty() ? "" : "subjectAltName=" + names + "\n"));
        // openssl x509 knows no dates in Debian 12; openssl ca does, with a book of what it has signed.
        Files.writeString(folder.resolve(name + ".index"), "");
        Files.writeString(folder.resolve("index.attr"), "unique_subject=no\n");
        Files.writeString(
                folder.resolve(name + ".cnf"),
                "[ca]\ndefault_ca=one\n[one]\ndatabase=" + name
                        + ".index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n"
                        + "[any]\ncommonName=supplied\n");
        run(
                "ca",
                "-batch",
                "-notext",
                "-config",
                name + ".cnf",
                "-cert",
                authority + ".pem",
                "-keyfile",
                authority + ".key",
                "-in",
                name + ".csr",
                "-extfile",
                name + ".ext",
                "-startdate",
                TIME.format(from),
                "-enddate",
                TIME.format(until),
                "-out",
                name + ".pem");
        return this;
    }

    /** {@code NAME.p12}: key and certificate, with a password. */
    public Certificates pkcs12(String name, String password) throws IOException, InterruptedException {
        run(
                "pkcs12",
                "-export",
                "-inkey",
                name + ".key",
                "-in",
                name + ".pem",
                "-passout",
                "pass:" + password,
                "-out",
                name + ".p12");
        return this;
    }

    private void key(String name) throws IOException, InterruptedException {
        run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key");
    }

    /** Runs openssl in the folder. */
    public void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
