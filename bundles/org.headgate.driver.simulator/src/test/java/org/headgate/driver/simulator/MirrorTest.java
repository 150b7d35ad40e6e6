package org.headgate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorTest {
    private final Simulation simulation = new Simulation(Path.of("none"));

    private static Channel channel(String name, Type type, String unit, Access access, Map<String, String> options) {
        return new Channel(name, "holding/100 of any kind", type, unit, access, options);
    }

    private static Channel channel(String name, Type type, String unit) {
        return channel(name, type, unit, Access.READ, Map.of());
    }

    private List<Object> run(DeviceSettings settings, String name, int seconds) throws Exception {
        List<Object> seen = new ArrayList<>();
        try (Connection connection = simulation.open(settings)) {
            for (int i = 0; i < seconds; i++) {
                simulation.advance("1");
                seen.add(simulation.read(connection, settings).get(name));
            }
        }
        return seen;
    }

    private static DeviceSettings mirror(Map<String, String> options, Channel... channels) {
        return Simulation.settings("mirror", options, channels);
    }

    @ParameterizedTest
    @CsvSource({"Cel, 15, 80", "bar, 0, 10", "%, 0, 100", "V, 0, 230", "furlong, 0, 100"})
    void numbersStayWhereTheirUnitWouldHaveThemAndMove(String unit, double least, double most) throws Exception {
        List<Double> seen = run(mirror(Map.of(), channel("x", Type.DOUBLE, unit)), "x", 600).stream()
                .map(Double.class::cast)
                .toList();
        assertThat(seen).allMatch(value -> value >= least && value <= most);
        double width = seen.stream().mapToDouble(d -> d).max().orElseThrow()
                - seen.stream().mapToDouble(d -> d).min().orElseThrow();
        assertThat(width).isGreaterThan((most - least) * 0.3);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(Math.abs(seen.get(i) - seen.get(i - 1))).isLessThan((most - least) * 0.05);
        }
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 3, 4", "LONG, 3, 7", "LONG, -5, 5", "LONG, 0.4, 1.6", "DOUBLE, 2, 2"})
    void numbersStayWithinMinAndMax(Type type, String min, String max) throws Exception {
        Channel channel = channel("x", type, "bar", Access.READ, Map.of("min", min, "max", max));
        List<Object> seen = run(mirror(Map.of("noise", "100"), channel), "x", 600);
        assertThat(seen)
                .allSatisfy(value -> assertThat(((Number) value).doubleValue())
                        .isBetween(Double.parseDouble(min), Double.parseDouble(max)));
        assertThat(seen).allMatch(value -> type == Type.DOUBLE ? value instanceof Double : value instanceof Long);
    }

    @Test
    void oneLimitIsEnough() throws Exception {
        assertThat(Span.of(channel("x", Type.DOUBLE, "Cel", Access.READ, Map.of("min", "60"))))
                .isEqualTo(new Span(60, 80));
        assertThat(Span.of(channel("x", Type.DOUBLE, "Cel", Access.READ, Map.of("min", "500"))))
                .isEqualTo(new Span(500, 565));
        assertThat(Span.of(channel("x", Type.DOUBLE, "Cel", Access.READ, Map.of("max", "-10"))))
                .isEqualTo(new Span(-75, -10));
    }

    @Test
    void metersOnlyCountUp() throws Exception {
        List<Object> seen = run(mirror(Map.of(), channel("energy", Type.DOUBLE, "kW.h")), "energy", 600);
        for (int i = 1; i < seen.size(); i++) {
            assertThat((Double) seen.get(i)).isGreaterThan((Double) seen.get(i - 1));
        }
    }

    @Test
    void everyTypeHasValuesOfItsOwnThatChange() throws Exception {
        for (Type type : EnumSet.complementOf(EnumSet.of(Type.ANY))) {
            List<Object> seen = run(mirror(Map.of(), channel("x", type, "")), "x", 600);
            Class<?> expected = switch (type) {
                case BOOLEAN -> Boolean.class;
                case LONG -> Long.class;
                case DOUBLE -> Double.class;
                case STRING -> String.class;
                case BYTES -> byte[].class;
                case ARRAY -> List.class;
                case STRUCT -> Map.class;
                case ANY -> Object.class;
            };
            assertThat(seen).as(type.name()).hasOnlyElementsOfType(expected);
            Set<Object> different = new HashSet<>();
            seen.forEach(value -> different.add(value instanceof byte[] bytes ? List.of(bytes[0], bytes[7]) : value));
            assertThat(different).as(type.name()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void theSameSeedGivesTheSameAndChannelsDiffer() throws Exception {
        Channel[] channels = {channel("a", Type.DOUBLE, "bar"), channel("b", Type.DOUBLE, "bar")};
        List<Object> first = run(mirror(Map.of("seed", "3"), channels), "a", 50);
        Simulation again = new Simulation(Path.of("none"));
        List<Object> second = new ArrayList<>();
        DeviceSettings settings = mirror(Map.of("seed", "3"), channels);
        try (Connection connection = again.open(settings)) {
            for (int i = 0; i < 50; i++) {
                again.advance("1");
                Map<String, Object> values = again.read(connection, settings);
                second.add(values.get("a"));
                assertThat(values.get("a")).isNotEqualTo(values.get("b"));
            }
        }
        assertThat(first).isEqualTo(second);
    }

    @Test
    void holdsWhatWasWrittenOverAReconnect() throws Exception {
        Channel valve = channel("valve", Type.BOOLEAN, "", Access.READ_WRITE, Map.of());
        Channel level = channel("level", Type.LONG, "%", Access.READ_WRITE, Map.of());
        Channel text = channel("text", Type.STRING, "", Access.READ_WRITE, Map.of());
        DeviceSettings settings = mirror(Map.of(), valve, level, text);
        try (Connection connection = simulation.open(settings)) {
            connection.write(valve, true);
            connection.write(level, 42L);
            connection.write(text, "on");
        }
        simulation.advance("100");
        try (Connection connection = simulation.open(settings)) {
            assertThat(simulation.read(connection, settings))
                    .isEqualTo(Map.of("valve", true, "level", 42L, "text", "on"));
            assertThatThrownBy(() -> connection.write(level, "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("level is LONG and does not take x");
        }
    }

    @Test
    void refusesWhatItCannotBe() {
        Channel odd = channel("x", Type.DOUBLE, "", Access.READ, Map.of("min", "many"));
        assertThatThrownBy(() -> simulation.open(mirror(Map.of(), odd)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.x: min=many (expected: a number)");
        Channel turned = channel("x", Type.DOUBLE, "", Access.READ, Map.of("min", "2", "max", "1"));
        assertThatThrownBy(() -> simulation.open(mirror(Map.of(), turned)))
                .hasMessage("channel.x: min=2.0 max=1.0 (expected: a min below the max)");
        assertThatThrownBy(() -> simulation.open(mirror(Map.of("loop", "true"), odd)))
                .hasMessage("loop: true (expected: one of faults, noise, period, seed)");
    }
}
