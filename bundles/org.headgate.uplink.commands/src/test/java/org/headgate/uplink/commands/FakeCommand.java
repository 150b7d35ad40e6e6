package org.headgate.uplink.commands;

import java.util.ArrayList;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;

/** A command that does what the test says, and remembers who has called it with which words. */
final class FakeCommand implements ConsoleCommand {
    final List<String> calls = new ArrayList<>();
    private final Signature signature;
    private final Work work;

    interface Work {
        int run(Invocation invocation) throws UsageException, InterruptedException;
    }

    FakeCommand(Signature signature, Work work) {
        this.signature = signature;
        this.work = work;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        calls.add(invocation.user() + " " + String.join(" ", invocation.words()));
        return work.run(invocation);
    }
}
