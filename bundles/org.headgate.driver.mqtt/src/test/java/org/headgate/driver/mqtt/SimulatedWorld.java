package org.headgate.driver.mqtt;

import java.util.Optional;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.tls.CertificateClock;

/** What the driver has around it in simulated time: no secrets, no files, and no broker. */
final class SimulatedWorld {
    private SimulatedWorld() {}

    static World of(SimulatedSystem system) {
        return new World(
                system,
                system.loop("driver:mqtt"),
                system,
                system,
                name -> Optional.empty(),
                name -> Optional.empty(),
                CertificateClock.MACHINE);
    }
}
