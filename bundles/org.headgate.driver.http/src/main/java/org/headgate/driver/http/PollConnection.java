package org.headgate.driver.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageException;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.HostNames;
import org.headgate.tls.CertificateClock;

/** Asks a server once for each poll, over one connection for as long as the server keeps it. */
final class PollConnection implements Connection {
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REDIRECTION = 3;
    private static final int HUNDRED = 100;
    private static final String ACCEPT = "application/json, application/senml+json, text/csv, text/plain, */*;q=0.5";

    private final PollSettings settings;
    private final Clock clock;
    private final CertificateClock certificates;
    private final HostNames names;
    private final Map<String, String> fields;
    /** Whatever {@link #close} must end; made before it is connected. */
    private Socket socket = new Socket();

    private boolean closed;
    private Wire wire;
    private List<Channel> numbered = List.of();
    private MessageDecoder numbering;
    private long messages;
    private long errors;
    private long older;
    /** Whether the last answer was that nothing has changed. */
    private boolean unchanged;

    private String tag = "";
    private byte[] tagged = {};

    PollConnection(PollSettings settings, Vault vault, HostNames names, Clock clock, CertificateClock certificates)
            throws IOException {
        this.settings = settings;
        this.numbering = settings.decoder().numberedAs(numbered);
        this.clock = clock;
        this.certificates = certificates;
        this.names = names;
        this.fields = fields(settings, vault);
        try {
            wire = connect(settings.endpoint(), Deadline.within(settings.timeout(), clock));
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private static Map<String, String> fields(PollSettings settings, Vault vault) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        if (!settings.user().isEmpty()) {
            String both = settings.user() + ":" + vault.secret("password", settings.password());
            fields.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        } else if (!settings.token().isEmpty()) {
            fields.put("Authorization", "Bearer " + vault.secret("token", settings.token()));
        }
        for (Map.Entry<String, String> header : settings.headers().entrySet()) {
            String value = header.getValue();
            fields.put(
                    header.getKey(),
                    value.startsWith("@") ? vault.secret(Keys.HEADER + header.getKey(), value) : value);
        }
        return fields;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        MessageDecoder decoder = decoder(channels);
        messages++;
        try {
            byte[] body = poll();
            int leftOut = decoder.decodeNewest(body, 0, body.length, clock.epochNanos(), into)
                    .older();
            older += unchanged ? 0 : leftOut;
        } catch (TooLongException | MessageException wrong) {
            errors++;
            decoder.bad(wrong.getMessage(), into);
        }
        new Counters(messages, errors, older).read(channels, into);
    }

    /** The runtime reads in groups, so the last one is mostly the same. */
    private MessageDecoder decoder(List<Channel> channels) {
        if (!channels.equals(numbered)) {
            numbered = List.copyOf(channels);
            numbering = settings.decoder().numberedAs(numbered);
        }
        return numbering;
    }

    private byte[] poll() throws IOException {
        try {
            return polled();
        } catch (IOException failed) {
            hangUp();
            throw failed;
        }
    }

    private byte[] polled() throws IOException {
        Deadline deadline = Deadline.within(settings.timeout(), clock);
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("Accept", ACCEPT);
        Request request = Request.get(settings.endpoint(), all);
        Answer answer = asked(tag.isEmpty() ? request : request.with("If-None-Match", tag), deadline);
        Request next = request;
        for (int i = 0; i < settings.redirects() && answer.status() / HUNDRED == REDIRECTION; i++) {
            if (answer.status() == NOT_MODIFIED) {
                break;
            }
            next = redirected(request, next, answer);
            answer = asked(next, deadline);
        }
        unchanged = answer.status() == NOT_MODIFIED && !tag.isEmpty();
        if (unchanged) {
            return tagged;
        }
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        tag = answer.fields().getOrDefault("etag", "");
        tagged = tag.isEmpty() ? tagged : answer.body();
        return answer.body();
    }

    /** Asks, a second time over a new connection where the server has given up the old one. */
    private Answer asked(Request request, Deadline deadline) throws IOException {
        Wire kept = wire;
        if (kept != null && kept.endpoint().isSameServer(request.endpoint()) && kept.isQuiet()) {
            try {
                return keep(kept, kept.ask(request, settings.decoder().longest(), deadline));
            } catch (Wire.StaleException hungUp) {
                hangUp();
            }
        }
        Wire fresh = connect(request.endpoint(), deadline);
        return keep(fresh, fresh.ask(request, settings.decoder().longest(), deadline));
    }

    private Answer keep(Wire used, Answer answer) {
        wire = used;
        if (!answer.reusable()) {
            hangUp();
        }
        return answer;
    }

    /** Another server is not told what the user meant for this one, and nobody leads from TLS to clear text. */
    private Request redirected(Request first, Request asked, Answer answer) throws IOException {
        String location = answer.fields().getOrDefault("location", "");
        try {
            Endpoint next = asked.endpoint().resolve(location);
            if (settings.endpoint().tls() && !next.tls()) {
                throw new IOException(answer.line() + ": leads from https to " + next + ", which is not followed");
            }
            return first.at(
                    next,
                    next.isSameServer(settings.endpoint())
                            ? first.fields()
                            : Map.of("Accept", first.fields().get("Accept")));
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw refused(answer);
        }
    }

    private IOException refused(Answer answer) {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            return new IOException(answer.line() + ": check "
                    + (settings.token().isEmpty() ? "user and password, or token" : "token " + settings.token()));
        }
        if (answer.status() / HUNDRED == REDIRECTION) {
            String location = answer.fields().getOrDefault("location", "").replaceAll("[^\\x20-\\x7e]", "?");
            return new IOException(
                    answer.line() + ": moved to " + location + ", set address to that, or redirects to follow it");
        }
        return new IOException(answer.line() + " from " + settings.endpoint());
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        PollSettings.Writing how = settings.writes().get(channel.name());
        if (how == null) {
            throw new IOException(channel.name() + " cannot be written");
        }
        Deadline deadline = Deadline.within(settings.timeout(), clock);
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("Content-Type", how.type());
        Endpoint where = settings.endpoint().at(how.path().replace("{}", encoded(value)));
        if (where.hasDots()) {
            throw new IOException(channel.name() + ": . and .. cannot stand in a path");
        }
        Request request = new Request(how.method(), where, all, how.body().encode(value));
        // Over a connection of its own: on one that the server may have given up nobody could say whether it was
        // written.
        hangUp();
        Wire fresh = connect(where, deadline);
        try {
            Answer answer = keep(fresh, fresh.ask(request, settings.decoder().longest(), deadline));
            if (!answer.isSuccess()) {
                throw refused(answer);
            }
        } catch (TooLongException taken) {
            hangUp();
        } catch (IOException failed) {
            hangUp();
            throw failed;
        }
    }

    /** What stands in a path leads nowhere else. */
    private static String encoded(Object value) {
        String text = value instanceof byte[] bytes
                ? Base64.getUrlEncoder().encodeToString(bytes)
                : value instanceof Double number
                        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                        : value.toString();
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Wire connect(Endpoint endpoint, Deadline deadline) throws IOException {
        hangUp();
        return Wire.open(fresh(), endpoint, names, settings.tls(), certificates, deadline);
    }

    private synchronized Socket fresh() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        Wire.quietly(socket);
        socket = new Socket();
        return socket;
    }

    private void hangUp() {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Wire.quietly(socket);
    }
}
