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

/** An authority and what it signs, made by keytool in one key store. */
final class Certificates {
    private static final String AUTHORITY = "authority";
    private static final String PASSWORD = "changeit";
    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

    private final Path folder;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        make(AUTHORITY, "CN=Test Authority", "-ext", "bc:c", "-validity", "36500", "-startdate", "-3650d");
    }

    /** The authority as the only one that is trusted. */
    KeyStore trusted() throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(AUTHORITY, store().getCertificate(AUTHORITY));
        return trusted;
    }

    /** A server's key with a certificate of the authority; times as keytool has them: {@code -10d}. */
    String signed(String name, String host, String from, int days) throws Exception {
        make(
                name,
                "CN=" + host,
                "-signer",
                AUTHORITY,
                "-ext",
                "san=dns:" + host,
                "-startdate",
                from,
                "-validity",
                String.valueOf(days));
        return name;
    }

    String selfSigned(String name, String host) throws Exception {
        make(name, "CN=" + host, "-ext", "san=dns:" + host);
        return name;
    }

    /** A server that shows a certificate, on a free port of the loopback interface. */
    SSLServerSocket serve(String name) throws Exception {
        KeyStore all = store();
        KeyStore one = empty();
        one.setKeyEntry(
                name, all.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), all.getCertificateChain(name));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            return store;
        }
    }

    private void make(String alias, String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(KEYTOOL.toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(
                List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", name, "-storetype", "PKCS12"));
        command.addAll(List.of(
                "-storepass", PASSWORD, "-keystore", folder.resolve("keys.p12").toString()));
        command.addAll(List.of(more));
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
