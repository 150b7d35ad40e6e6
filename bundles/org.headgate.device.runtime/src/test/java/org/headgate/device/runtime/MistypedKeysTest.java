package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Search;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver refuses a key that it does not know, without knowing which keys every device has: the runtime names the nearest of both. */
class MistypedKeysTest {
    private static final SortedMap<String, SetUp.Contents> NO_FILES = new TreeMap<>();

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final DeviceValidator validator = new DeviceValidator(hall.registry, new Inline());

    MistypedKeysTest() {
        driver.known = Optional.of(List.of("unit", "gap.max", "order", "header.NAME"));
        hall.bind(driver);
    }

    @ParameterizedTest
    @CsvSource({
        // Of every device, with a value or without one.
        "pol, poll",
        "timout, timeout",
        "poll.ofset, poll.offset",
        "profle, profile",
        "chanel.flow, channel.flow",
        "atribute.site, attribute.site",
        // Of the driver.
        "unti, unit",
        "gap.mx, gap.max",
        "hedder.Accept, header.Accept"
    })
    void theNearestOfTheDriversKeysAndOfThoseOfEveryDeviceIsNamed(String typed, String meant) {
        String line = typed + ": 1 (expected: one of unit, gap.max, order, header.NAME); did you mean " + meant + "?";
        assertThat(problems(typed, "1")).containsExactly(line);
        hall.add("x", typed, "1");
        assertThat(hall.state("x")).as("from a file").isEqualTo(new DeviceState.Invalid(line));
    }

    @Test
    void nothingIsNamedWhereNothingIsNear() {
        assertThat(problems("colour", "red"))
                .containsExactly("colour: red (expected: one of unit, gap.max, order, header.NAME)");
    }

    @ParameterizedTest
    @CsvSource({"ofset, offset", "ordr, order", "tpe, type"})
    void theNearestOfTheDriversOptionsAndOfThoseOfEveryChannelIsNamed(String typed, String meant) {
        assertThat(problems("channel.flow", "temperature unit=K " + typed + "=2"))
                .singleElement()
                .asString()
                .startsWith("channel.flow: " + typed + "=2 (expected: ")
                .endsWith("); did you mean " + meant + "?");
    }

    /** A search has no polls: only the driver's keys mean something there. */
    @Test
    void aSearchIsToldOfTheDriversKeysOnly() {
        driver.discovery = Optional.of(new Anywhere());
        assertThat(search("unti")).containsExactly("unti: 1 (expected: one of unit); did you mean unit?");
        assertThat(search("pol")).containsExactly("pol: 1 (expected: one of unit)");
    }

    private List<String> search(String key) {
        CompletableFuture<Discoveries> answer = new Commissioner(hall.registry)
                .discover(new Search("fake", "here", Duration.ofSeconds(1), Map.of(key, "1")))
                .toCompletableFuture();
        hall.system.run();
        return answer.join().failures();
    }

    private List<String> problems(String key, String value) {
        Instance instance = Hall.instance("x", key, value);
        return validator.problems(instance, new SetUp(NO_FILES));
    }

    private static final class Anywhere implements Discovery {
        @Override
        public String where() {
            return "anywhere";
        }

        @Override
        public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException {
            place.requireKnown(List.of("unit"));
        }
    }
}
