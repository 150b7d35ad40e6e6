package org.headgate.commands;

import java.util.List;
import org.headgate.commands.kit.Instances;
import org.headgate.console.api.Invocation;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxStatus;

/** The outboxes that are open, as commands name them: by their uplink, of which each has three. */
record OpenOutboxes(Outbox outbox) {
    List<OutboxStatus> all() {
        return outbox.list();
    }

    List<OutboxStatus> of(String uplink) {
        return all().stream().filter(log -> log.name().uplink().equals(uplink)).toList();
    }

    List<String> uplinks() {
        return all().stream().map(log -> log.name().uplink()).distinct().toList();
    }

    /** Says that the uplink of the first word has no outbox. */
    int none(Invocation invocation) {
        return invocation.fail(Instances.none(
                "outbox of an uplink",
                invocation.words().get(0),
                uplinks(),
                "there are: " + String.join(", ", uplinks())));
    }
}
