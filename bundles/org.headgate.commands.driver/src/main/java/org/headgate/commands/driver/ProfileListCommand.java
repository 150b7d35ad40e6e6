package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:list}. */
@Component(service = ConsoleCommand.class)
public final class ProfileListCommand implements ConsoleCommand {
    private final ChannelFiles files;

    @Activate
    public ProfileListCommand(@Reference ChannelFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:list", "Lists the profiles and the devices that use them.")
                .json()
                .more("DRIVER is the only driver that a profile is for. profile:show NAME shows the channels.")
                .example("profile:list", "Shows all profiles.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<Profile> all = files.profiles();
        if (invocation.json()) {
            invocation.out().println(Json.text(all.stream().map(this::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "DRIVER", "CHANNELS>", "DEVICES", "DETAIL");
        for (Profile profile : all) {
            table.row(
                    profile.name(),
                    profile.driver().orElse("any"),
                    profile.channels().size(),
                    String.join(", ", files.devices(profile.name())),
                    profile.invalid().orElse(""));
            if (profile.invalid().isPresent()) {
                table.explain();
            }
        }
        table.print(invocation.out());
        return 0;
    }

    private Json json(Profile profile) {
        return new Json()
                .put("name", profile.name())
                .put("driver", profile.driver())
                .put("channels", profile.channels().size())
                .put("devices", files.devices(profile.name()))
                .put("detail", profile.invalid().orElse(""));
    }
}
