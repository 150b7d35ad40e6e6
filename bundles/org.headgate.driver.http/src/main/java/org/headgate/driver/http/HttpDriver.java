package org.headgate.driver.http;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.ClockState;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.HostNames;
import org.headgate.tls.CertificateClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** HTTP endpoints that are asked, and devices that post or connect by web sockets. */
@Component
public final class HttpDriver implements Driver {
    private final Vault vault;
    private final Inbox inbox;
    private final Entrance entrance;
    private final HostNames names;
    private final Clock clock;
    private final CertificateClock certificates;

    /** For the service registry. */
    @Activate
    public HttpDriver(
            @Reference Gateway gateway,
            @Reference Secrets secrets,
            @Reference Inbox inbox,
            @Reference Entrance entrance,
            @Reference Calls calls,
            @Reference Clock clock) {
        this(new Vault(new HomeFiles(gateway.home()), secrets), inbox, entrance, new HostNames(calls), clock);
    }

    HttpDriver(Vault vault, Inbox inbox, Entrance entrance, HostNames names, Clock clock) {
        this.vault = vault;
        this.inbox = inbox;
        this.entrance = entrance;
        this.names = names;
        this.clock = clock;
        this.certificates = new CertificateClock(
                () -> Instant.EPOCH.plusNanos(clock.epochNanos()), () -> clock.state() != ClockState.UNSET);
    }

    @Override
    public String name() {
        return "http";
    }

    /** What comes is not known before; counters are there for who configures them. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        check(settings.withChannels(List.of()));
        return List.of();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        if (Keys.isListening(settings)) {
            ListenSettings.parse(settings);
        } else {
            PollSettings.parse(settings, vault);
        }
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Keys.defaults(Keys.isListening(settings) || settings.address().isEmpty());
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        if (!Keys.isListening(settings)) {
            return new PollConnection(PollSettings.parse(settings, vault), vault, names, clock, certificates);
        }
        ListenSettings listening = ListenSettings.parse(settings);
        String token = vault.secret("token", listening.token());
        entrance.open();
        return new ListenConnection(listening, settings.channels(), token, inbox, clock);
    }
}
