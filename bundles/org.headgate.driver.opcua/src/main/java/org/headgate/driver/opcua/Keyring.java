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
    /** Our certificate alone, in {@code HOME/files}, to be carried to servers. */
    static final String EXPORTED = "opcua-client.der";

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
        Optional<byte[]> file = secrets.content("@" + NAME);
        if (file.isEmpty()) {
            if (secrets.names().contains(NAME)) {
                // A new one in its place would have to be trusted by every server anew.
                throw new IOException(path() + " cannot be read: chmod 600 " + path());
            }
            return Optional.empty();
        }
        try {
            return Optional.of(OwnCertificate.parse(path().toString(), file.get()));
        } catch (IOException damaged) {
            throw new IOException(
                    damaged.getMessage() + "; secret:remove " + NAME
                            + " makes room for a new one, which servers must trust anew",
                    damaged);
        } finally {
            Arrays.fill(file.get(), (byte) 0);
        }
    }

    /**
     * Our certificate, made where there is none or it ends soon. While nobody has set the clock none is made: it would begin in
     * the past or in the future, and every server that once trusted it had to trust another one.
     *
     * @throws IOException with one line for the user
     */
    synchronized OwnCertificate own() throws IOException {
        Optional<OwnCertificate> held = held();
        if (held.isPresent() && (!knowsTheTime() || !held.get().isStale(gateway(), now()))) {
            return held.get();
        }
        if (!knowsTheTime()) {
            throw new IOException("the clock is not set, so no certificate can be made: set it, or let NTP do it");
        }
        String host = machine.text("proc/sys/kernel/hostname").orElse("").strip();
        OwnCertificate made = OwnCertificate.make(gateway(), host, now());
        secrets.keep(NAME, made.pem());
        LOG.info(
                "made a certificate for OPC UA: {}, valid until {}; servers must be told to trust it",
                made.fingerprint(),
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    /** Puts our certificate, without the key, where it can be fetched from; does nothing where it is there already. */
    Path exported(OwnCertificate own) throws IOException {
        HomeFiles files = new HomeFiles(gateway.home());
        if (!isExported(files, own)) {
            files.put(EXPORTED, own.der(), true);
        }
        return gateway.home().resolve("files").resolve(EXPORTED);
    }

    private static boolean isExported(HomeFiles files, OwnCertificate own) throws IOException {
        return files.files().contains(EXPORTED) && Arrays.equals(files.read(EXPORTED, MOST_BYTES), own.der());
    }

    /** Where our certificate and its key are. */
    Path path() {
        return gateway.home().resolve("secrets").resolve(NAME);
    }
}
