package org.headgate.console;

import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.osgi.service.component.annotations.Component;

/** {@code gateway:echo}: shows what a command gets of what was typed, one word a line between brackets. */
@Component(service = ConsoleCommand.class)
public final class EchoCommand implements ConsoleCommand {
    @Override
    public Signature signature() {
        return Signature.of("gateway:echo", "Shows the words that a command gets, one a line between brackets.")
                .words("[WORD...]")
                .more(
                        "Nothing but quotes and a pipe between blanks is special: addresses, SQL, units and negative numbers need no quotes.")
                .example("gateway:echo ns=2;s=A -40 [degF] 'value > 90'", "Prints four words.");
    }

    @Override
    public int run(Invocation invocation) {
        invocation.words().forEach(word -> invocation.out().println("[" + word + "]"));
        return 0;
    }
}
