package org.headgate.uplink.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A wire format. Thread-safe; what belongs to one connection is in the {@link PayloadSession}. */
@ConsumerType
public interface PayloadFormat {
    /** The format's name as it stands in {@code format = ...}, for example {@code json}. */
    String name();

    /**
     * Checks the format's own settings.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)} when they cannot work
     */
    default void check(PayloadSettings settings) {
        settings.none(name());
    }

    /** Whether its consumers may get payloads compressed. */
    default boolean mayBeCompressed() {
        return true;
    }

    /** Whether its sessions tell by births and wills of their own that the gateway is there; else the uplink does, on {@code state.topic}. */
    default boolean tellsState() {
        return false;
    }

    /**
     * What a test of the way to the server may subscribe to where it may send nothing, since consumers of this format would take a test
     * message for data. Empty where it may send one to the uplink's own topic.
     *
     * @throws IllegalArgumentException as {@link #check} does
     */
    default List<String> trialSubscriptions(PayloadSettings settings) {
        return List.of();
    }

    /**
     * Begins a session, before a link is opened: its {@link PayloadSession#will} goes along with the opening. Whether there will be a link
     * is not known yet; {@link PayloadSession#close} ends it either way.
     */
    PayloadSession open(PayloadSettings settings, Outlet outlet);
}
