package org.headgate.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An authority and what it signs, made by keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        keytool(
                "authority",
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Test Authority",
                "-ext",
                "bc:c",
                "-validity",
                "36500",
                "-startdate",
                "-3650d");
    }

    /** The authority as the only one that is trusted. */
    KeyStore trusted() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", store("authority").getCertificate("key"));
        return trusted;
    }

    /** A server's key with a certificate of the authority; times as keytool has them: {@code -10d}. */
    String signed(String name, String host, String from, int days) throws Exception {
        keytool(name, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + host);
        Path request = folder.resolve(name + ".csr");
        Path answer = folder.resolve(name + ".crt");
        keytool(name, "-certreq", "-alias", "key", "-file", request.toString());
        keytool(
                "authority",
                "-gencert",
                "-alias",
                "key",
                "-infile",
                request.toString(),
                "-outfile",
                answer.toString(),
                "-ext",
                "san=dns:" + host,
                "-startdate",
                from,
                "-validity",
                String.valueOf(days));
        Path ca = folder.resolve("authority.crt");
        if (!Files.exists(ca)) {
            keytool("authority", "-exportcert", "-alias", "key", "-file", ca.toString());
        }
        keytool(name, "-importcert", "-noprompt", "-alias", "authority", "-file", ca.toString());
        keytool(name, "-importcert", "-noprompt", "-alias", "key", "-file", answer.toString());
        return name;
    }

    String selfSigned(String name, String host) throws Exception {
        keytool(
                name,
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host);
        return name;
    }

    /** A server that shows a certificate, on a free port of the loopback interface. */
    SSLServerSocket serve(String name) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(name), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            return store;
        }
    }

    private void keytool(String store, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(KEYTOOL.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve(store + ".p12").toString()));
        Path output = folder.resolve("keytool.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + "\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
