package org.headgate.driver.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The devices that listen, by their names: between the driver, which opens them, and the servlet, which hears of messages. The token of
 * one that is closed is known for as long as its file is there, since it may be opened again. Thread-safe.
 */
@Component(service = Inbox.class)
public final class Inbox {
    private static final List<Entry> NOBODY = List.of(new Entry(new byte[32], null));

    private final Predicate<String> configured;
    private final Map<String, List<Entry>> devices = new ConcurrentHashMap<>();
    /** Of each device, open or not, the token that its newest connection has had. */
    private final Map<String, byte[]> expected = new ConcurrentHashMap<>();

    /** Nobody listens yet. */
    @Activate
    public Inbox(@Reference Configurations configurations) {
        this(device ->
                configurations.files().contains(FileName.of("device", device).file()));
    }

    /** Where it is asked whether there is a device of a name, open or not. */
    Inbox(Predicate<String> configured) {
        this.configured = configured;
    }

    private record Entry(byte[] token, Recipient recipient) {}

    /** From now on messages to a device with this token are the recipient's; of several the newest counts. */
    void put(String device, String token, Recipient recipient) {
        expected.keySet().removeIf(name -> !configured.test(name));
        expected.put(device, digest(token));
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

    /** Whether this is the token of a device that is still configured, open or not. A stranger cannot tell by the time either. */
    boolean expects(String device, String token) {
        byte[] last = expected.getOrDefault(device, NOBODY.get(0).token);
        return MessageDigest.isEqual(last, digest(token)) && configured.test(device);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
