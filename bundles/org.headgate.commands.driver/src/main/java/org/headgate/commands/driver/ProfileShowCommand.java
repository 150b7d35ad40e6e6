package org.headgate.commands.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.ChannelText;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:show}. */
@Component(service = ConsoleCommand.class)
public final class ProfileShowCommand implements ConsoleCommand {
    private final ChannelFiles files;

    @Activate
    public ProfileShowCommand(@Reference ChannelFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:show", "Shows the channels of a profile.")
                .words("NAME")
                .json()
                .example("profile:show meter", "Shows the profile meter.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return files.complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        Optional<Profile> found = files.profile(name);
        if (found.isEmpty()) {
            return files.unknown(invocation, name);
        }
        Profile profile = found.get();
        if (invocation.json()) {
            invocation.out().println(json(profile));
            return 0;
        }
        Table table = new Table("CHANNEL", "SOURCE", "TYPE", "OPTIONS");
        for (ChannelText channel : profile.channels()) {
            List<String> options = new ArrayList<>();
            channel.options().forEach((key, value) -> options.add(key + "=" + value));
            table.row(channel.name(), channel.source(), channel.type().orElse(""), String.join(" ", options))
                    .explain();
        }
        table.print(invocation.out());
        return profile.invalid().isPresent() ? invocation.fail(profile.invalid().get()) : 0;
    }

    private Json json(Profile profile) {
        return new Json()
                .put("name", profile.name())
                .put("driver", profile.driver())
                .put("poll", profile.poll().map(Texts::print))
                .put("timeout", profile.timeout().map(Texts::print))
                .put("devices", files.devices(profile.name()))
                .put("detail", profile.invalid().orElse(""))
                .put(
                        "channels",
                        profile.channels().stream()
                                .map(ProfileShowCommand::json)
                                .toList());
    }

    private static Json json(ChannelText channel) {
        return new Json()
                .put("name", channel.name())
                .put("source", channel.source())
                .put("type", channel.type())
                .put("options", channel.options());
    }
}
