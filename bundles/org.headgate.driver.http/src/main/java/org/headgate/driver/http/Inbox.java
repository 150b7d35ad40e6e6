package org.headgate.driver.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The devices that listen, by their names: between the driver, which opens them, and the servlet, which hears of messages. Thread-safe. */
@Component(service = Inbox.class)
public final class Inbox {
    private static final List<Entry> NOBODY = List.of(new Entry(new byte[32], null));

    private final Map<String, List<Entry>> devices = new ConcurrentHashMap<>();

    /** Nobody listens yet. */
    @Activate
    public Inbox() {
        // Nothing to do: what listens comes later.
    }

    private record Entry(byte[] token, Recipient recipient) {}

    /** From now on messages to a device with this token are the recipient's; of several the newest counts. */
    void put(String device, String token, Recipient recipient) {
        devices.compute(device, (name, before) -> {
            List<Entry> entries = before == null ? new CopyOnWriteArrayList<>() : before;
            entries.add(0, new Entry(digest(token), recipient));
            return entries;
        });
    }

    /** Messages are not this recipient's any more. */
    void remove(String device, Recipient recipient) {
        devices.computeIfPresent(device, (name, entries) -> {
            entries.removeIf(entry -> entry.recipient == recipient);
            return entries.isEmpty() ? null : entries;
        });
    }

    /**
     * Whose messages these are. Takes as long for a device that there is not as for one with another token: what is compared are digests
     * of one length.
     */
    Optional<Recipient> find(String device, String token) {
        byte[] shown = digest(token);
        for (Entry entry : devices.getOrDefault(device, NOBODY)) {
            if (MessageDigest.isEqual(entry.token, shown)) {
                return Optional.ofNullable(entry.recipient);
            }
        }
        return Optional.empty();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
