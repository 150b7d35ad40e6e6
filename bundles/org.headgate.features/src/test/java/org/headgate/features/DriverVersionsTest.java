package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest.FromFile;
import org.headgate.device.api.DriverRequest.Named;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.device.api.DriverRequest.Remove;
import org.headgate.device.api.DriverRequest.Rollback;
import org.junit.jupiter.api.Test;

/** Which version of a driver runs, and which ones are kept for the way back. */
class DriverVersionsTest extends ChangedDrivers {
    @Test
    void oneVersionAtATimeAndThePreviousOneIsKept() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.0.0");
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        change(file("1.1", Purpose.UPDATE));
        change(file("1.2", Purpose.EITHER));
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.2.0");
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.2.0");
        assertThat(kept()).containsExactly("acme@1.1.0.0.jar", "acme@1.1.0.xml", "acme@1.2.0.0.jar", "acme@1.2.0.xml");

        assertThat(change(new Rollback("acme")).note()).isEqualTo("1.1.0 is older than 1.2.0");
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.1.0");
        change(new Rollback("acme"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.2.0");
        assertThat(announced).extracting(DriverChange::before).containsExactly("", "1.0.0", "1.1.0", "1.2.0", "1.1.0");
    }

    /** Going back to a revision brings its drivers back, too. */
    @Test
    void versionsThatARevisionNamesAreKeptAndNoMoreThanAFew() throws Exception {
        for (int minor = 0; minor < 8; minor++) {
            change(file("1." + minor, Purpose.EITHER));
            revisions.with(
                    "anna",
                    "driver:update",
                    Map.of(
                            "headgate.gateway.cfg",
                            configurations.text("headgate.gateway.cfg").orElseThrow()));
        }
        // Five by the newest revisions before the last, and the one that runs.
        assertThat(versions()).containsExactly("1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.7.0");
        Wished.drivers(configurations, "host, acme@1.4.0");
        reconcile();
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.4.0");
        assertThat(versions()).contains("1.3.0", "1.7.0");
        // A revision that is not kept any more keeps nothing.
        revisions.forget(4);
        change(new Remove("acme"));
        assertThat(versions()).containsExactly("1.4.0", "1.5.0", "1.6.0", "1.7.0");
    }

    @Test
    void whatSomebodyIsAboutToNameStaysUntilHeHas() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        FromFile next = file("1.1", Purpose.EITHER);
        changes().keep(this, DriverFileReader.read(next.file()), next.file());
        change(new Remove("acme"));
        assertThat(versions()).containsExactly("1.0.0", "1.1.0");
        changes().pruneAll(this);
        assertThat(versions()).containsExactly("1.0.0");
        Path other = Bundled.driver("acme", "1.0").with("X", "y").in(folder, "other.jar");
        assertThatThrownBy(() -> changes().keep(this, DriverFileReader.read(other), other))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another build");
    }

    private List<String> versions() throws IOException {
        return new Depot(disk, folder)
                .versions().stream().map(FeatureId::version).sorted().toList();
    }

    @Test
    void whatWasRemovedComesBackByRollbackOrByItsName() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        change(file("1.1", Purpose.UPDATE));
        change(new Remove("acme"));
        assertThat(catalog.installed).doesNotContainKey("headgate-driver-acme");
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        assertThat(kept()).containsExactly("acme@1.1.0.0.jar", "acme@1.1.0.xml");
        change(new Rollback("acme"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
        change(new Remove("acme"));
        change(new Named("acme"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
        change(new Remove("acme"));
        refused(new Remove("acme"), "acme: not installed");
    }

    @Test
    void aFileTakesThePlaceOfTheDistributionsDriverAndGivesItBack() throws Exception {
        catalog.installed.put("headgate-driver-host", "0.1.0");
        Path jar = Bundled.driver("host", "0.2").in(folder, "host.jar");
        change(new FromFile(jar, Purpose.UPDATE));
        assertThat(Wished.drivers(configurations)).isEqualTo("host@0.2.0");
        assertThat(catalog.installed).containsEntry("headgate-driver-host", "0.2.0");
        change(new Rollback("host"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        assertThat(catalog.installed).containsEntry("headgate-driver-host", "0.1.0");
        change(new Rollback("host"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host@0.2.0");
        change(new Named("host"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        Path same = Bundled.driver("host", "0.1").in(folder, "same.jar");
        refused(new FromFile(same, Purpose.EITHER), "host 0.1.0 comes with the distribution");
    }

    @Test
    void anotherBuildOfTheKeptVersionNeverTakesTheRollbackAway() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        change(file("1.1", Purpose.UPDATE));
        Path other = Bundled.driver("acme", "1.0").with("X", "y").in(folder, "other.jar");
        refused(new FromFile(other, Purpose.UPDATE), "other.jar: another build of acme 1.0.0 is kept (expected: ");
        // The same build is welcome.
        change(file("1.0", Purpose.UPDATE));
        change(new Rollback("acme"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
    }

    @Test
    void aVersionChosenByHandCanBeTakenBack() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        change(file("1.1", Purpose.UPDATE));
        Wished.drivers(configurations, "host, acme@1.0.0");
        reconcile();
        change(new Rollback("acme"));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
    }
}
