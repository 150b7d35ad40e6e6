package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of our own certificate, from its making to its end. */
class CertificateCheckTest {
    @TempDir
    private Path folder;

    private Ground ground;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
    }

    private void at(Instant instant) {
        ground.system.step(Duration.between(ground.keyring.now(), instant));
    }

    private Finding found() {
        return new CertificateCheck(ground.keyring).check().get(0);
    }

    @Test
    void noneIsNoFaultAndTheCheckMakesNone() throws Exception {
        assertThat(found().level()).isEqualTo(Level.OK);
        assertThat(ground.keyring.held()).isEmpty();
    }

    @Test
    void itsEndIsSaidSixtyDaysBeforeWithWhatToDo() throws Exception {
        OwnCertificate own = ground.certified();
        at(own.end().minus(Duration.ofDays(61)));
        assertThat(found().level()).isEqualTo(Level.OK);
        assertThat(found().text()).isEqualTo("is good for 61 days, until %s", ServerJudge.day(own.end()));
        at(own.end().minus(Duration.ofDays(59)));
        assertThat(found().level()).isEqualTo(Level.WARN);
        assertThat(found().text()).startsWith("is good for 59 days");
        assertThat(found().remedy()).startsWith("opcua:certificates --export makes the next one");
        ground.keyring.own();
        assertThat(found().level()).isEqualTo(Level.WARN);
        assertThat(found().remedy()).endsWith("files/opcua-client-next.der");
        at(own.end().plus(Duration.ofDays(1)));
        assertThat(found().level()).isEqualTo(Level.FAIL);
        assertThat(found().text()).startsWith("has ended on ");
        ground.keyring.own();
        assertThat(found().level()).as("the next one").isEqualTo(Level.OK);
    }

    @Test
    void aClockThatIsBehindIsTheFault() throws Exception {
        OwnCertificate own = ground.certified();
        at(own.certificate().getNotBefore().toInstant().minus(Duration.ofDays(1)));
        assertThat(found().level()).isEqualTo(Level.FAIL);
        assertThat(found().remedy()).contains("clock");
        ground.system.clockSet(false);
        assertThat(found().level()).isEqualTo(Level.UNKNOWN);
    }

    @Test
    void oneThatIsDamagedIsSaid() throws Exception {
        ground.keep(Keyring.NAME, "no certificate".getBytes(StandardCharsets.UTF_8));
        assertThat(found().level()).isEqualTo(Level.FAIL);
        assertThat(found().text()).contains("opcua-client.pem");
    }
}
