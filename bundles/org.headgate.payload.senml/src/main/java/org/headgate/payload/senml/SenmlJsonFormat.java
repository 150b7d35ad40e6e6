package org.headgate.payload.senml;

import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** SenML in JSON (RFC 8428, 5). */
@Component
public final class SenmlJsonFormat implements PayloadFormat {
    /** For the service registry. */
    @Activate
    public SenmlJsonFormat() {}

    @Override
    public String name() {
        return "senml";
    }

    @Override
    public void check(PayloadSettings settings) {
        SenmlSettings.of(name(), settings);
    }

    @Override
    public PayloadSession open(PayloadSettings settings, Outlet outlet) {
        return new SenmlSession(SenmlSettings.of(name(), settings), JsonPack::new, "application/senml+json");
    }
}
