package org.headgate.data.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Schema SCHEMA = Schema.of(
            Column.of("flag", Type.BOOLEAN),
            Column.of("count", Type.LONG),
            new Column("temperature", Type.DOUBLE, "Cel"),
            Column.of("text", Type.STRING));

    @Test
    void keepsNumbersExactlyAndTheirQuality() {
        Row row = Row.builder(SCHEMA)
                .set(0, true)
                .set(1, Long.MAX_VALUE)
                .set(2, -0.1)
                .uncertain(2)
                .set(3, "on")
                .build(5, ClockState.SYNCED);
        assertThat(row.asBoolean(0)).isTrue();
        assertThat(row.asLong(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.asDouble(2)).isEqualTo(-0.1);
        assertThat(row.quality(2)).isEqualTo(Quality.UNCERTAIN);
        assertThat(row.asString(3)).isEqualTo("on");
        assertThat(row.object(0)).isEqualTo(true);
    }

    @Test
    void whatIsNotThereReadsAsNullWhateverItsType() {
        Row row = Row.builder(SCHEMA).bad(2).build(5, ClockState.UNSET);
        assertThat(row.isNull(2)).isTrue();
        assertThat(row.quality(2)).isEqualTo(Quality.BAD);
        assertThat(row.quality(3)).isEqualTo(Quality.ABSENT);
        assertThat(row.asString(3)).isNull();
        assertThat(row.object(1)).isNull();
    }

    /** No payload format can say NaN: a sensor that gives it has failed. */
    @Test
    void aNumberThatIsNoneIsBad() {
        RowBuilder builder = Row.builder(SCHEMA).set(2, Double.NaN);
        assertThat(builder.build(0, ClockState.SYNCED).quality(2)).isEqualTo(Quality.BAD);
        assertThat(Row.builder(SCHEMA)
                        .set(2, Double.POSITIVE_INFINITY)
                        .build(0, ClockState.SYNCED)
                        .isNull(2))
                .isTrue();
    }

    @Test
    void aValueOfAnotherTypeIsRefusedByName() {
        assertThatThrownBy(() -> Row.builder(SCHEMA).set(3, 5L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text is STRING, not LONG");
        assertThatThrownBy(() -> Row.builder(SCHEMA).set(1, (Object) List.of()))
                .hasMessageStartingWith("count is LONG, not a List");
    }

    @Test
    void equalSchemasAreTheSameObjectAndNamesAreUnique() {
        assertThat(Schema.of(SCHEMA.columns())).isSameAs(SCHEMA);
        assertThat(SCHEMA.indexOf("temperature")).isEqualTo(2);
        assertThat(SCHEMA.indexOf("temperatur")).isEqualTo(-1);
        assertThatThrownBy(() -> Schema.of(Column.of("a", Type.LONG), Column.of("a", Type.LONG)))
                .hasMessage("two columns named a");
    }

    @Test
    void anUncountedLossShowsAsAnImbalance() {
        long[] held = {2};
        Flow flow = new Flow("a", "b", () -> held[0]);
        flow.in(5);
        flow.passed(2);
        flow.dropped(DropReason.QUEUE_FULL, 1);
        assertThat(flow.snapshot().imbalance()).isZero();
        held[0] = 1;
        assertThat(flow.snapshot().imbalance()).isEqualTo(1);
        assertThat(flow.snapshot().dropped()).containsEntry("queue-full", 1L);
    }
}
