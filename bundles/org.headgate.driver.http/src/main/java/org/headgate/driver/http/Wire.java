package org.headgate.driver.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.HostNames;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsClient;
import org.headgate.tls.TlsConnection;
import org.headgate.tls.TlsException;
import org.headgate.tls.TlsSettings;

/**
 * A connection to a server, for one request after the other. It has no thread: whoever asks waits. Neither client of the JDK does so with a
 * deadline for the whole, TLS of the device's own and nothing left behind when it is closed.
 */
final class Wire {
    private final Socket plain;
    private final Endpoint endpoint;
    private final Optional<TlsConnection> tls;
    private final TimedInput in;
    private final OutputStream out;
    private boolean answered;

    private Wire(Socket plain, Endpoint endpoint, Optional<TlsConnection> tls, Deadline deadline) throws IOException {
        this.plain = plain;
        this.endpoint = endpoint;
        this.tls = tls;
        Socket socket = tls.<Socket>map(TlsConnection::socket).orElse(plain);
        this.in = new TimedInput(socket, deadline);
        this.out = socket.getOutputStream();
    }

    /**
     * Connects; the caller closes the socket whatever comes of it, which ends this from another thread, too.
     *
     * @throws IOException with one line for the user
     */
    static Wire open(
            Socket plain,
            Endpoint endpoint,
            HostNames names,
            TlsSettings settings,
            CertificateClock clock,
            Deadline deadline)
            throws IOException {
        String place = endpoint.host() + ":" + endpoint.port();
        InetAddress host;
        try {
            host = names.find(endpoint.host(), deadline);
        } catch (UnknownHostException unknown) {
            throw new IOException("unknown host " + endpoint.host() + ": is the name right?", unknown);
        }
        try {
            plain.connect(new InetSocketAddress(host, endpoint.port()), deadline.millis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(deadline.millis());
        } catch (ConnectException refused) {
            throw new IOException("connection refused at " + place + ": does the server run?", refused);
        } catch (SocketTimeoutException silent) {
            throw new IOException("no answer from " + place + ": is the address right?", silent);
        }
        Optional<TlsConnection> tls = endpoint.tls()
                ? Optional.of(TlsClient.connect(settings, clock, plain, endpoint.host(), endpoint.port()))
                : Optional.empty();
        return new Wire(plain, endpoint, tls, deadline);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Whether nothing has come that nobody asked for: else that is not the answer to the next request. Over TLS only what was decrypted counts as available, so what lies
     * encrypted is looked for below; not before the first answer, with which the tickets of TLS 1.3 are read that follow the handshake (RFC 8446, 4.6.1).
     */
    boolean isQuiet() {
        try {
            return in.available() == 0
                    && !(tls.isPresent() && answered && plain.getInputStream().available() > 0);
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @throws StaleException when the server has hung up without a byte of an answer, as it may when nothing was asked for a while
     */
    Answer ask(Request request, int most, Deadline deadline) throws IOException {
        in.until(deadline);
        try {
            out.write(request.bytes());
            out.flush();
        } catch (IOException hungUp) {
            throw new StaleException(explained(hungUp));
        }
        try {
            Answer answer = AnswerReader.read(in, most);
            answered = true;
            return in.hasLeftOver()
                    ? new Answer(answer.status(), answer.reason(), answer.fields(), answer.body(), false)
                    : answer;
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (EOFException nothing) {
            if (nothing.getMessage() == null) {
                throw new StaleException("the server hangs up without an answer");
            }
            throw nothing;
        } catch (SocketException reset) {
            throw new StaleException(explained(reset));
        } catch (TlsException told) {
            throw told;
        } catch (IOException failure) {
            throw tls.isPresent() ? new IOException(explained(failure), failure) : failure;
        }
    }

    private String explained(IOException failure) {
        String why = tls.map(connection -> connection.explain(failure)).orElse("");
        return why.isEmpty() ? String.valueOf(failure.getMessage()) : why;
    }

    void close() {
        quietly(plain);
    }

    static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closing what is gone already: nothing is left to close.
        }
    }

    /** Nothing was answered, so a question without effects may be asked again. */
    static final class StaleException extends IOException {
        private static final long serialVersionUID = 1;

        StaleException(String line) {
            super(line);
        }
    }
}
