package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.config.WrittenHome.BOILER;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Change;
import org.headgate.config.api.InvalidChangeException;
import org.junit.jupiter.api.Test;

/** Whoever may change the set-up through a broker cannot give himself more by it. */
class EscalationTest {
    private static final String CLOUD = "headgate.uplink-cloud.cfg";
    private static final String OTHER = "headgate.uplink-other.cfg";

    private static final String PROFILE = "headgate.profile-tool.cfg";

    private final WrittenHome home = new WrittenHome();

    private static Change remote() {
        return Change.by("cloud:cloud", "through the broker");
    }

    private void make(Change change) throws IOException {
        home.writer.change(change, Optional.empty());
    }

    private void refused(Change change, String message) {
        assertThatThrownBy(() -> make(change))
                .isInstanceOf(InvalidChangeException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("command.admin = true");
    }

    @Test
    void whatAnUplinkTakesInIsNotChangedThroughIt() throws IOException {
        home.etc.put(CLOUD, "address = mqtts://b\ncommands = uplink:set, gateway:apply\n");
        refused(remote().set(CLOUD, "commands", "*"), CLOUD + ": commands cannot be changed through the uplink cloud ");
        refused(remote().set(CLOUD, "command.topic", "open"), CLOUD + ": command.topic ");
        refused(remote().set(CLOUD, "command.admin", "true"), CLOUD + ": command.admin ");
        refused(remote().replace(OTHER, "address = mqtts://evil\ncommands = *\n"), OTHER + ": commands ");
        // What gives nobody more.
        make(remote().set(CLOUD, "inflight", "7"));
        make(remote().replace(OTHER, "address = mqtts://b\nstreams = *\n"));
        make(Change.by("admin", "at the gateway").set(CLOUD, "commands", "*"));
        make(remote().remove(CLOUD));
    }

    @Test
    void noProgramIsMadeADeviceThroughIt() throws IOException {
        home.etc.put(BOILER, "driver = simulator\n");
        refused(remote().set(BOILER, "driver", "process"), BOILER + ": driver = process ");
        make(Change.by("admin", "at the gateway").replace(BOILER, "driver = process\ncommand = /bin/true\n"));
        refused(remote().set(BOILER, "command", "/bin/sh"), BOILER + ": driver = process ");
        make(remote().set(BOILER, "driver", "simulator"));
    }

    /** A device without a driver of its own has that of its profile. */
    @Test
    void noProgramIsMadeADeviceByItsProfile() throws IOException {
        home.etc.put(PROFILE, "driver = process\ncommand = /bin/true\n");
        refused(remote().replace(BOILER, "profile = tool\n"), BOILER + ": driver = process ");
        refused(remote().replace(BOILER, "profile = tool\ndriver = \n"), BOILER + ": driver = process ");
        make(remote().replace(BOILER, "profile = none\n"));
        make(remote().replace(BOILER, "driver = simulator\nprofile = none\n"));
        refused(remote().set(BOILER, "profile", "tool").unset(BOILER, "driver"), BOILER + ": driver = process ");
    }

    @Test
    void noProfileOfProgramsIsChangedThroughIt() throws IOException {
        home.etc.put(PROFILE, "poll = 1s\n");
        home.etc.put(BOILER, "profile = tool\n");
        make(remote().set(PROFILE, "poll", "2s"));
        refused(remote().set(PROFILE, "driver", "process"), PROFILE + ": driver = process ");
        make(Change.by("admin", "at the gateway").set(PROFILE, "driver", "process"));
        refused(remote().set(PROFILE, "command", "/bin/sh"), PROFILE + ": driver = process ");
        make(Change.by("admin", "at the gateway").set(BOILER, "driver", "process"));
        make(Change.by("admin", "at the gateway").set(PROFILE, "driver", ""));
        // Its channels are still those of a program.
        refused(remote().set(PROFILE, "channel.a", "/bin/sh"), PROFILE + ": driver = process ");
        make(Change.by("admin", "at the gateway").set(BOILER, "driver", "simulator"));
        make(remote().set(PROFILE, "poll", "3s"));
    }

    /** Who is at the other end of an uplink has what it allows. */
    @Test
    void noUplinkWithCommandsIsGivenToAnotherServerThroughIt() throws IOException {
        home.etc.put(CLOUD, "address = mqtts://b\ncommands = uplink:set\n");
        home.etc.put(OTHER, "address = mqtts://c\ncommands = *\n");
        for (String key : List.of(
                "address", "transport", "user", "password", "token", "tls.ca", "tls.pin", "proxy", "proxy.user")) {
            refused(remote().set(OTHER, key, "@other"), OTHER + ": " + key + " ");
        }
        refused(remote().set(CLOUD, "address", "mqtts://evil"), CLOUD + ": address ");
        make(remote().set(OTHER, "inflight", "7"));
        // One that takes none may go anywhere, but gets none any more.
        make(remote().set(OTHER, "commands", "").set(OTHER, "address", "mqtts://evil"));
        refused(remote().set(OTHER, "commands", "*"), OTHER + ": commands ");
    }

    /** A revision of before is judged as little as it was then; but not for this. */
    @Test
    void noRevisionThatAllowedMoreIsBroughtBackThroughIt() throws IOException {
        home.etc.put(CLOUD, "address = mqtts://b\ncommands = *\n");
        make(Change.by("admin", "something").set(BOILER, "poll", "1s"));
        long wide = home.writer
                .change(Change.by("admin", "again").set(BOILER, "poll", "2s"), Optional.empty())
                .revision();
        make(Change.by("admin", "less").set(CLOUD, "commands", "gateway:rollback"));
        assertThatThrownBy(() -> home.writer.rollback(wide, "cloud:cloud"))
                .hasMessageStartingWith(CLOUD + ": commands ");
        assertThat(home.etc.text(CLOUD)).contains("gateway:rollback");
        home.writer.rollback(wide, "admin");
        assertThat(home.etc.text(CLOUD)).contains("*");
    }

    @Test
    void anUplinkMayAllowIt() throws IOException {
        home.etc.put(CLOUD, "address = mqtts://b\ncommands = uplink:set\ncommand.admin = true\n");
        make(remote().set(CLOUD, "commands", "*"));
        make(remote().replace(BOILER, "driver = process\ncommand = /bin/true\n"));
        // Not for others.
        refused(Change.by("cloud:other", "by another").set(CLOUD, "commands", "device:*"), CLOUD + ": commands ");
    }
}
