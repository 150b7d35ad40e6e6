package org.headgate.payload.senml;

import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** SenML in CBOR (RFC 8428, 6). */
@Component
public final class SenmlCborFormat implements PayloadFormat {
    /** For the service registry. */
    @Activate
    public SenmlCborFormat() {}

    @Override
    public String name() {
        return "senml-cbor";
    }

    @Override
    public void check(PayloadSettings settings) {
        SenmlSettings.of(name(), settings);
    }

    @Override
    public PayloadSession open(PayloadSettings settings, Outlet outlet) {
        return new SenmlSession(SenmlSettings.of(name(), settings), CborPack::new, "application/senml+cbor");
    }
}
