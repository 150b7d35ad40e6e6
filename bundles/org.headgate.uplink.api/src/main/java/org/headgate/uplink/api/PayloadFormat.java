package org.headgate.uplink.api;

import org.headgate.outbox.api.OutboxBatch;
import org.osgi.annotation.versioning.ConsumerType;

/** A wire format: encodes batches when they are sent. Stateless and thread-safe. */
@ConsumerType
public interface PayloadFormat {
    /** The format's name as it stands in {@code format = ...}, for example {@code json}. */
    String name();

    /** The payload of one message that carries this batch. */
    byte[] encode(String gateway, OutboxBatch batch, TimeUnitName timeUnit);
}
