package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.outbox.api.OutboxBatch;
import org.junit.jupiter.api.Test;

/** Rows that were encoded and did not go out, or not all of them. */
class UnsaidTest {
    private final Plant plant = new Plant();
    private final Host host = plant.host;

    @Test
    void aBatchThatIsTooLargeGoesInPiecesThatHaveTheNumbersAndTheBirthOfTheWhole() {
        plant.connect();
        Row[] rows = {plant.row(1, true), plant.row(2, true), plant.row(3, true), plant.row(4, true)};
        OutboxBatch whole = new OutboxBatch(
                9,
                "boiler",
                "01J",
                9,
                List.of(rows),
                Map.of("outbox-full", 5L),
                false,
                false,
                false,
                OutboxBatch.Part.WHOLE);
        inVain(whole);
        inVain(piece(whole, 0, 2, 1, 2));
        plant.send(piece(whole, 0, 1, 1, 4));
        plant.send(piece(whole, 1, 2, 2, 4));
        inVain(piece(whole, 2, 4, 2, 2));
        plant.send(piece(whole, 2, 3, 3, 4));
        plant.send(piece(whole, 3, 4, 4, 4));
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH", "DBIRTH boiler", "DDATA boiler", "DDATA boiler", "DDATA boiler", "DDATA boiler");
        assertThat(host.values).contains(entry("boiler/temperature", 4.0), entry("boiler/Dropped/outbox-full", 5L));
    }

    /** What is encoded is too large. */
    private void inVain(OutboxBatch batch) {
        plant.session.encode(batch, Plant.ROUTE);
        plant.session.unsaid(batch, false);
    }

    @Test
    void aRowThatIsTooLargeWithItsBirthTakesNoNumberAndItsDeviceIsNotBorn() {
        plant.connect();
        OutboxBatch first = plant.batch("boiler", false, plant.row(1, true));
        inVain(first);
        plant.send("pump", plant.row(2, true));
        plant.send("boiler", plant.row(3, true));
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH pump", "DDATA pump", "DBIRTH boiler", "DDATA boiler");
    }

    @Test
    void aBirthThatDidNotGoOutIsMadeUpForAndTheDeviceCanDieMeanwhile() {
        plant.device("boiler", new DeviceState.Online());
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        inVain(plant.reporting(Map.of("outbox-full", 7L)));
        plant.send(plant.reporting(Map.of("outbox-full", 7L)));
        assertThat(host.values).containsEntry("boiler/Dropped/outbox-full", 7L);
        inVain(plant.batch("boiler", false, plant.kelvin()));
        plant.device("boiler", new DeviceState.Offline("no answer", Duration.ZERO));
        plant.pass(Duration.ofSeconds(2));
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH", "DBIRTH boiler", "DDATA boiler", "DBIRTH boiler", "DDATA boiler", "DDEATH boiler");
    }

    private static OutboxBatch piece(OutboxBatch whole, int from, int to, int number, int of) {
        return whole.piece(whole.rows().subList(from, to), new OutboxBatch.Part(number, of));
    }

    @Test
    void birthsOfAllThatWereNotSentAreStillDue() {
        plant.open();
        inVain(plant.batch("boiler", false, plant.row(2, true)));
        plant.send("pump", plant.row(3, true));
        assertThat(host.heard).containsExactly("NBIRTH", "DBIRTH pump", "DDATA pump");
    }

    @Test
    void aBatchThatTheServerRefusesAndThatComesAgainInPiecesBeginsAnewBecauseItsNumberIsMissing() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        OutboxBatch whole = plant.batch("boiler", false, plant.row(2, true), plant.row(3, true));
        plant.session.encode(whole, Plant.ROUTE);
        plant.session.encode(plant.batch("boiler", false, plant.row(9, true)), Plant.ROUTE);
        plant.session.unsaid(whole, true);
        plant.drain();
        plant.send(piece(whole, 0, 1, 1, 2));
        plant.send(piece(whole, 1, 2, 2, 2));
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH",
                        "DBIRTH boiler",
                        "DDATA boiler",
                        "NBIRTH",
                        "DBIRTH boiler",
                        "DDATA boiler",
                        "DDATA boiler");
        assertThat(host.values).containsEntry("boiler/temperature", 3.0);
    }

    @Test
    void aNumberIsNotFreeAnyMoreWhenSomethingElseWasSaidSince() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        OutboxBatch whole = plant.batch("boiler", false, plant.row(2, true), plant.row(3, true));
        plant.session.encode(whole, Plant.ROUTE);
        plant.deaf = true;
        plant.hears("spBv1.0/plant/NCMD/gw-1", new byte[] {1});
        plant.deaf = false;
        plant.session.unsaid(whole, false);
        plant.send(piece(whole, 0, 1, 1, 2));
        assertThat(host.heard)
                .containsExactly("NBIRTH", "DBIRTH boiler", "DDATA boiler", "NBIRTH", "DBIRTH boiler", "DDATA boiler");
    }
}
