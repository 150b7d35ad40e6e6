package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.stream.IntStream;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.Test;

/** Births that are larger than the server takes cost no other device anything. */
class BirthSizeTest {
    private static final Schema WIDE = Schema.of(IntStream.range(0, 100)
            .mapToObj(i -> Column.of("channel-" + i, Type.LONG))
            .toArray(Column[]::new));

    private final Plant plant = new Plant();
    private final Host host = plant.host;

    private Row wide() {
        return Row.builder(WIDE).set(0, 7).build(plant.system.epochNanos(), ClockState.SYNCED);
    }

    /** Else the server would refuse a birth at each connect, and nothing would ever be sent again. */
    @Test
    void aDeviceWhoseBirthIsTooLargeIsNotBornAndTheOthersAre() {
        plant.connect();
        plant.send("wide", wide());
        plant.send("boiler", plant.row(1, true));
        plant.cut();
        host.heard.clear();
        plant.limit = 2_000;
        plant.connect();
        plant.send("boiler", plant.row(2, true));
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler", "DDATA boiler", "NBIRTH", "DBIRTH boiler");
    }

    /** The runtime refuses its rows as it refuses every message that is too large. */
    @Test
    void rowsOfADeviceWhoseBirthIsTooLargeAreLeftToTheRuntime() {
        plant.limit = 2_000;
        plant.connect();
        OutboxBatch batch = plant.batch("wide", false, wide());
        List<Message> messages = plant.session.encode(batch, Plant.ROUTE);
        assertThat(messages).anyMatch(message -> message.payload().length > 2_000);
        plant.session.unsaid(batch, false);
        plant.send("boiler", plant.row(2, true));
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH boiler", "DDATA boiler");
    }

    @Test
    void aLongValueIsNoReasonForADeviceNotToBeBorn() {
        Schema schema =
                Schema.of(Column.of("text", Type.STRING), Column.of("raw", Type.BYTES), Column.of("n", Type.LONG));
        Row row = Row.builder(schema)
                .set(0, (Object) "x".repeat(5_000))
                .set(1, (Object) new byte[5_000])
                .set(2, 7)
                .build(plant.system.epochNanos(), ClockState.SYNCED);
        plant.connect();
        plant.send("camera", row);
        assertThat(host.values.get("camera/text")).isEqualTo("x".repeat(5_000));
        plant.cut();
        plant.limit = 6_000;
        plant.connect();
        assertThat(host.states).containsKey("camera");
        assertThat(host.values).contains(entry("camera/text", null), entry("camera/raw", null), entry("camera/n", 7L));
        assertThat(host.property("camera/text", "Quality")).isEqualTo(500);
        assertThat(host.property("camera/n", "Quality")).isEqualTo(192);
    }
}
