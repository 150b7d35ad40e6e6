package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Driver;
import org.junit.jupiter.api.DynamicTest;

/** What a driver finds, held against what it can open. */
final class Finds {
    /** Keys of a device's file that are not the driver's. */
    private static final List<String> NOT_THE_DRIVERS =
            List.of("poll", "poll.offset", "timeout", "bus", "profile", "enabled");

    private Finds() {}

    static Stream<DynamicTest> cases(DriverContract contract) throws Exception {
        Driver driver = contract.driver();
        if (driver.discovery().isEmpty()) {
            return Stream.empty();
        }
        List<Discovered> found = new ArrayList<>();
        List<String> places = contract.places();
        for (String address : places) {
            DeviceSettings place = contract.place(address);
            assertThat(driver.bus(place)).as("the bus of " + address).isNotNull();
            driver.discovery().get().search(place, found::add);
        }
        assertThat(found).as("what was found at " + places).isNotEmpty();
        return found.stream()
                .filter(one -> one.obstacle().isEmpty())
                .map(one -> DynamicTest.dynamicTest(one.name() + " " + one.address(), () -> opens(contract, one)));
    }

    private static void opens(DriverContract contract, Discovered one) throws Exception {
        Answers.oneLine(one.name(), one.description());
        Map<String, String> options = new LinkedHashMap<>(one.settings());
        options.keySet().removeAll(NOT_THE_DRIVERS);
        List<Channel> points = one.points().stream()
                .filter(point -> point.obstacle().isEmpty())
                .map(point ->
                        new Channel(point.name(), point.text().split(" ")[0], Type.DOUBLE, "", Access.READ, Map.of()))
                .toList();
        DeviceSettings settings = contract.complete(new DeviceSettings(
                one.name(), one.address(), contract.reachable().timeout(), points, options));
        contract.driver().check(settings);
        assertThat(settings.channels()).as("its channels").isNotEmpty();
        contract.driver().open(settings).close();
    }
}
