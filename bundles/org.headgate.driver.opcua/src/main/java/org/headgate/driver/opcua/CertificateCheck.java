package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How long our own certificate is good for, since every server has to be told of the one that follows. Makes none. */
@Component
public final class CertificateCheck implements HealthCheck {
    private static final String OURS = "our certificate";

    private final Keyring keyring;

    @Activate
    public CertificateCheck(@Reference Keyring keyring) {
        this.keyring = keyring;
    }

    @Override
    public String name() {
        return "opcua";
    }

    @Override
    public List<Finding> check() {
        Optional<OwnCertificate> own;
        Optional<OwnCertificate> next;
        try {
            own = keyring.held();
            next = keyring.next();
        } catch (IOException unreadable) {
            return List.of(Finding.fail(
                    OURS,
                    unreadable.getMessage(),
                    "mend it before a server is connected to: opcua:certificates says whether it is good"));
        }
        if (own.isEmpty()) {
            return List.of(Finding.ok(OURS, "is not made yet: it is when a server first needs it"));
        }
        if (!keyring.knowsTheTime()) {
            return List.of(Finding.unknown(OURS, "ends on " + day(own.get()) + "; the clock is not set"));
        }
        return List.of(judged(own.get(), next.isPresent(), keyring.now()));
    }

    private Finding judged(OwnCertificate own, boolean hasNext, Instant now) {
        Instant begin = own.certificate().getNotBefore().toInstant();
        if (now.isBefore(begin)) {
            return Finding.fail(
                    OURS,
                    "begins on " + ServerJudge.day(begin) + " only",
                    "see whether the clock is right: gateway:doctor clock");
        }
        if (now.isAfter(own.end())) {
            return Finding.fail(
                    OURS,
                    "has ended on " + day(own),
                    "opcua:certificates --export shows the one that is used from now on; let each server trust it");
        }
        String left = "is good for " + Duration.between(now, own.end()).toDays() + " days, until " + day(own);
        if (!own.endsSoon(now)) {
            return Finding.ok(OURS, left);
        }
        return Finding.warn(
                OURS,
                left,
                hasNext
                        ? "let each server trust the next one, too: " + keyring.file(Keyring.NEXT_EXPORTED)
                        : "opcua:certificates --export makes the next one, " + Keyring.NEXT_EXPORTED
                                + " in HOME/files: let each server trust it, too");
    }

    private static String day(OwnCertificate certificate) {
        return ServerJudge.day(certificate.end()).toString();
    }
}
