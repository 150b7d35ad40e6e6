package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

/** What a message of several instants is for who asks for it. */
class PolledMessagesTest {
    @Test
    void aPollTakesTheNewest() throws Exception {
        Decoding decoding = Decoding.of("time=/ts", "/v long");
        assertThat(decoding.last("[{\"v\":1,\"ts\":5},{\"v\":2,\"ts\":9},{\"v\":3,\"ts\":7}]").values)
                .isEqualTo(Map.of(0, 2L));
        assertThat(decoding.older).isEqualTo(2);
        assertThat(decoding.last("[{\"v\":1},{\"v\":2},{\"x\":3}]").values).isEqualTo(Map.of(0, 2L));
        assertThat(decoding.older).isEqualTo(1);
    }

    /** Or what only an older instant says would never come; with its own time, or it would seem to be measured when others were. */
    @Test
    void aPollTakesEachChannelsNewestWithItsTime() throws Exception {
        Decoding decoding = Decoding.of("time=/ts", "/a long", "/b long", "/c long required=true");
        RecordedReadings row =
                decoding.last("[{\"b\":3,\"ts\":9},{\"a\":1,\"b\":1,\"ts\":5},{\"a\":2,\"ts\":7},{\"a\":9},{\"x\":9}]");
        assertThat(row.values).isEqualTo(Map.of(0, 2L, 1, 3L));
        assertThat(row.bad).isEqualTo(Map.of(2, "not in the message"));
        assertThat(row.times).isEqualTo(Map.of(0, 7_000_000_000L, 1, 9_000_000_000L));
        assertThat(row.time).isEqualTo(9_000_000_000L);
    }

    @Test
    void ofAPollOnlyWhatGaveNothingIsLeftOut() throws Exception {
        Decoding decoding = Decoding.of("", "/a long", "/b long");
        RecordedReadings untimed = decoding.last("{\"a\":1}\n{\"b\":2}");
        assertThat(untimed.values).isEqualTo(Map.of(0, 1L, 1, 2L));
        assertThat(untimed.times).isEmpty();
        assertThat(decoding.older).isZero();
        assertThat(decoding.last("{\"a\":1}\n{\"b\":2}\n{\"a\":3}\n{\"b\":4}").values)
                .isEqualTo(Map.of(0, 3L, 1, 4L));
        assertThat(decoding.older).isEqualTo(2);
        assertThat(decoding.last("{\"x\":1}").values).isEmpty();
    }

    @Test
    void aPollTakesEachNamesNewestRecord() throws Exception {
        Decoding decoding = Decoding.of("", "senml/temp double", "senml/hum double");
        String pack =
                "[{\"bt\":1.7e9,\"n\":\"temp\",\"t\":-2,\"v\":20},{\"n\":\"temp\",\"t\":-1,\"v\":21},{\"n\":\"hum\",\"v\":40}]";
        assertThat(decoding.last(pack).values).isEqualTo(Map.of(0, 21L, 1, 40L));
        assertThat(decoding.last(pack).time).isEqualTo(Decoding.NOW);
        assertThat(decoding.last(pack).times).isEqualTo(Map.of(0, Decoding.NOW - 1_000_000_000L, 1, Decoding.NOW));
        assertThat(decoding.older).isEqualTo(1);
    }
}
