package org.headgate.tls;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A server of the JDK's on the loopback address that answers each byte with the same one. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String greeting;
    private final org.headgate.tls.kit.Certificates made;
    private final String name;

    private EchoServer(ServerSocket socket, String greeting, org.headgate.tls.kit.Certificates made, String name) {
        this.socket = socket;
        this.greeting = greeting;
        this.made = made;
        this.name = name;
        threads.execute(this::accept);
    }

    static EchoServer of(org.headgate.tls.kit.Certificates made, String name) throws Exception {
        return of(made, name, null);
    }

    private static EchoServer of(org.headgate.tls.kit.Certificates made, String name, TrustManager[] trust)
            throws Exception {
        made.pkcs12(name, "x");
        KeyStore keys = store(made.file(name + ".p12"));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, "x".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), trust, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 20, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(trust != null);
        return new EchoServer(socket, null, made, name);
    }

    /** Not TLS: says something at once and hangs up. */
    static EchoServer saying(String greeting) throws IOException {
        return new EchoServer(new ServerSocket(0, 20, InetAddress.getLoopbackAddress()), greeting, null, "");
    }

    /** The same, for clients of an authority only. */
    EchoServer wanting(String authority, String version) throws Exception {
        close();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                Certificates.read(made.read(authority + ".pem").orElseThrow()).get(0));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return of(made, name, factory.getTrustManagers()).speaking(version);
    }

    EchoServer speaking(String version) {
        ((SSLServerSocket) socket).setEnabledProtocols(new String[] {version});
        return this;
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(file.toFile())) {
            store.load(in, "x".toCharArray());
        }
        return store;
    }

    /** Connects, sends a byte and reads it back. */
    ServerCertificate visit(TlsSettings settings) throws IOException {
        return visit(settings, CertificateClock.MACHINE, "localhost");
    }

    ServerCertificate visit(TlsSettings settings, CertificateClock clock, String host) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort())) {
            plain.setSoTimeout(10_000);
            TlsConnection connection = TlsClient.connect(settings, clock, plain, host, socket.getLocalPort());
            try {
                connection.socket().getOutputStream().write(7);
                if (connection.socket().getInputStream().read() != 7) {
                    throw new java.io.EOFException();
                }
            } catch (IOException failure) {
                throw new IOException(connection.explain(failure), failure);
            }
            return connection.server();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            if (greeting != null) {
                client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
                return;
            }
            int next = client.getInputStream().read();
            if (next >= 0) {
                client.getOutputStream().write(next);
            }
        } catch (IOException refusedOrGone) {
            // What the client sees of it is judged.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
