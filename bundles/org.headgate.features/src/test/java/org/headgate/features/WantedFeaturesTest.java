package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.Settings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class WantedFeaturesTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryCatalog catalog = new MemoryCatalog();

    @Test
    void aFreshGatewayHasTheDriversThatNeedNoHardware() {
        reconcile(Map.of("id", "gw"));
        assertThat(catalog.installed).containsExactly("headgate-driver-host", "headgate-driver-simulator");
    }

    @Test
    void installsWhatIsMissingAndRemovesWhatIsNotWantedButNothingElse() {
        catalog.installed.addAll(Set.of("headgate-driver-host", "headgate-marker", "headgate-broker"));
        reconcile(Map.of("drivers", "modbus"));
        assertThat(catalog.installed).containsExactly("headgate-driver-modbus", "headgate-marker");
        reconcile(Map.of("drivers", "modbus", "broker", "true"));
        assertThat(catalog.installed).containsExactly("headgate-broker", "headgate-driver-modbus", "headgate-marker");
        int changes = catalog.changes;
        reconcile(Map.of("drivers", "modbus", "broker", "true"));
        assertThat(catalog.changes).isEqualTo(changes);
    }

    @Test
    void aDriverThatIsNotThereDoesNotKeepTheOthersAway() {
        reconcile(Map.of("drivers", "modbuss, host"));
        assertThat(catalog.installed).containsExactly("headgate-driver-host");
    }

    @Test
    void knowsTheKeysThatOthersRead() {
        Settings settings = new Settings(Map.of("id", "gw", "console.port", "8101", "clock", "trusted"));
        new WantedFeatures(catalog, system, settings);
        assertThat(settings.problems()).isEmpty();
    }

    private void reconcile(Map<String, String> settings) {
        new WantedFeatures(catalog, system, new Settings(settings));
        system.run();
    }

    private static final class MemoryCatalog implements Catalog {
        private final Set<String> installed = new TreeSet<>();
        private int changes;

        @Override
        public Set<String> available() {
            return Set.of(
                    "headgate-driver-host",
                    "headgate-driver-simulator",
                    "headgate-driver-modbus",
                    "headgate-broker",
                    "headgate-marker");
        }

        @Override
        public Set<String> installed() {
            return installed;
        }

        @Override
        public void install(Set<String> features) {
            changes++;
            installed.addAll(features);
        }

        @Override
        public void uninstall(Set<String> features) {
            changes++;
            installed.removeAll(features);
        }
    }
}
