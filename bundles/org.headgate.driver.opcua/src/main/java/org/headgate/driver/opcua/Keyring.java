package org.headgate.driver.opcua;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.ClockState;
import org.headgate.host.Machine;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway shows to servers: its own certificate, one for all of them, and the secrets that devices name. Thread-safe. It is public for
 * the sake of Declarative Services; the package is not exported.
 */
@Component(service = Keyring.class)
public final class Keyring {
    /** Our certificate and its key, in {@code HOME/secrets}. */
    static final String NAME = "opcua-client.pem";
    /** The one that is used when ours has ended. */
    static final String NEXT = "opcua-client-next.pem";
    /** The one that was used before. */
    static final String FORMER = "opcua-client-former.pem";
    /** Our certificate alone, in {@code HOME/files}, to be carried to servers. */
    static final String EXPORTED = "opcua-client.der";
    /** The next one, which is put there by itself. */
    static final String NEXT_EXPORTED = "opcua-client-next.der";

    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);
    private static final int MOST_BYTES = 64 << 10;

    private final Secrets secrets;
    private final Gateway gateway;
    private final Clock clock;
    private final Machine machine;

    @Activate
    public Keyring(@Reference Secrets secrets, @Reference Gateway gateway, @Reference Clock clock) {
        this(secrets, gateway, clock, Machine.of(gateway.home()));
    }

    Keyring(Secrets secrets, Gateway gateway, Clock clock, Machine machine) {
        this.secrets = secrets;
        this.gateway = gateway;
        this.clock = clock;
        this.machine = machine;
    }

    String gateway() {
        return gateway.id();
    }

    /** Whether certificates can be judged by their dates. */
    boolean knowsTheTime() {
        return clock.state() != ClockState.UNSET;
    }

    Instant now() {
        return Instant.ofEpochSecond(0, clock.epochNanos());
    }

    /** The content of a secret, {@code @name}; the caller clears it. */
    Optional<byte[]> secret(String reference) {
        return secrets.content(reference);
    }

    /** Our certificate as it is; empty when none was needed yet. */
    Optional<OwnCertificate> held() throws IOException {
        return held(NAME);
    }

    /** The one that will follow it, which servers should trust already; empty until it is made. */
    Optional<OwnCertificate> next() throws IOException {
        return held(NEXT);
    }

    private Optional<OwnCertificate> held(String name) throws IOException {
        Optional<byte[]> file = secrets.content("@" + name);
        if (file.isEmpty()) {
            if (secrets.names().contains(name)) {
                // A new one in its place would have to be trusted by every server anew.
                throw new IOException(path(name) + " cannot be read: chmod 600 " + path(name));
            }
            return Optional.empty();
        }
        try {
            return Optional.of(OwnCertificate.parse(path(name).toString(), file.get()));
        } catch (IOException damaged) {
            throw new IOException(
                    damaged.getMessage() + "; secret:remove " + name
                            + " makes room for a new one, which servers must trust anew",
                    damaged);
        } finally {
            Arrays.fill(file.get(), (byte) 0);
        }
    }

    /**
     * Our certificate, made where there is none. The one that servers trust is used until its end, and the next one is made and put out
     * some time before. What is replaced is kept: a clock that was wrong for an hour must not cost every server's trust. While nobody has
     * set the clock none is made: it would begin in the past or in the future, and every server that once trusted it had to trust another.
     *
     * @throws IOException with one line for the user
     */
    synchronized OwnCertificate own() throws IOException {
        Optional<OwnCertificate> held = held();
        if (!knowsTheTime()) {
            return held.orElseThrow(() ->
                    new IOException("the clock is not set, so no certificate can be made: set it, or let NTP do it"));
        }
        if (held.isEmpty()) {
            return made(NAME);
        }
        OwnCertificate own = held.get();
        if (own.isGood(gateway(), now())) {
            if (own.endsSoon(now())) {
                prepare(own);
            }
            return own;
        }
        return followed(own);
    }

    /** What is good instead: the next one, the one that there was before, or a new one. */
    private OwnCertificate followed(OwnCertificate own) throws IOException {
        Optional<OwnCertificate> next = good(NEXT);
        if (next.isPresent()) {
            secrets.keep(FORMER, own.pem());
            secrets.keep(NAME, next.get().pem());
            secrets.remove(NEXT);
            LOG.info(
                    "the next certificate for OPC UA is used from now on: {}",
                    next.get().fingerprint());
            return next.get();
        }
        Optional<OwnCertificate> former = good(FORMER);
        if (former.isPresent()) {
            secrets.keep(NAME, former.get().pem());
            secrets.keep(FORMER, own.pem());
            LOG.info(
                    "the former certificate for OPC UA is used again: {}",
                    former.get().fingerprint());
            return former.get();
        }
        secrets.keep(FORMER, own.pem());
        return made(NAME);
    }

    private Optional<OwnCertificate> good(String name) throws IOException {
        return held(name).filter(one -> one.isGood(gateway(), now()));
    }

    private void prepare(OwnCertificate own) {
        try {
            Optional<OwnCertificate> held = good(NEXT).filter(one -> !one.endsSoon(now()));
            OwnCertificate next = held.isPresent() ? held.get() : made(NEXT);
            Path file = exported(NEXT_EXPORTED, next);
            if (held.isEmpty()) {
                LOG.warn(
                        "our certificate for OPC UA ends at {}: let the servers trust the next one, too: {}",
                        own.end(),
                        file);
            }
        } catch (IOException disk) {
            LOG.warn("the next certificate for OPC UA cannot be made: {}", disk.getMessage());
        }
    }

    private OwnCertificate made(String name) throws IOException {
        String host = machine.text("proc/sys/kernel/hostname").orElse("").strip();
        OwnCertificate made = OwnCertificate.make(gateway(), host, now());
        secrets.keep(name, made.pem());
        LOG.info(
                "made a certificate for OPC UA: {}, valid until {}; servers must be told to trust it",
                made.fingerprint(),
                made.end());
        return made;
    }

    /** Puts our certificate, without the key, where it can be fetched from; does nothing where it is there already. */
    Path exported(OwnCertificate own) throws IOException {
        return exported(EXPORTED, own);
    }

    private Path exported(String name, OwnCertificate certificate) throws IOException {
        HomeFiles files = new HomeFiles(gateway.home());
        if (!files.files().contains(name) || !Arrays.equals(files.read(name, MOST_BYTES), certificate.der())) {
            files.put(name, certificate.der(), true);
        }
        return file(name);
    }

    /** A file that can be fetched. */
    Path file(String name) {
        return gateway.home().resolve("files").resolve(name);
    }

    /** Where our certificate and its key are. */
    Path path() {
        return path(NAME);
    }

    private Path path(String name) {
        return gateway.home().resolve("secrets").resolve(name);
    }
}
