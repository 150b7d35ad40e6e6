package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource({
        "headgate.device-boiler.cfg,headgate.device~boiler",
        "headgate.rule-boiler-avg.cfg,headgate.rule~boiler-avg",
        "headgate.gateway.cfg,headgate.gateway",
        "headgate.broker.cfg,headgate.broker",
        "headgate.table-plants.cfg,headgate.table~plants",
    })
    void namesAnInstance(String file, String pid) {
        assertThat(FileName.of(file).orElseThrow().fullPid()).isEqualTo(pid);
    }

    @ParameterizedTest
    @CsvSource({
        "headgate.device_boiler.cfg,headgate.device-boiler.cfg",
        "headgate.device~boiler.cfg,headgate.device-boiler.cfg",
        "headgate.devcie-boiler.cfg,headgate.device-boiler.cfg",
        "headgate.device-boiler.conf,headgate.device-boiler.cfg",
        "device-boiler.cfg,headgate.device-boiler.cfg",
        "headgate.gatway.cfg,headgate.gateway.cfg",
    })
    void suggestsWhatWasMeant(String file, String better) {
        assertThat(FileName.of(file)).isEmpty();
        assertThat(FileName.unread(file)).isEqualTo(file + ": nobody reads it; did you mean " + better + "?");
    }

    @Test
    void loadsConsumersBeforeProducers() {
        assertThat(Stream.of("device-a", "profile-a", "rule-a", "table-a", "uplink-a", "broker", "gateway")
                        .map(word -> FileName.of("headgate." + word + ".cfg").orElseThrow())
                        .sorted()
                        .map(FileName::pid))
                .containsExactly(
                        "headgate.gateway",
                        "headgate.broker",
                        "headgate.uplink",
                        "headgate.rule",
                        "headgate.table",
                        "headgate.profile",
                        "headgate.device");
    }
}
