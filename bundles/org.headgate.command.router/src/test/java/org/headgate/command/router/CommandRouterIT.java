package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;

/** Inside a real framework: handlers come and go, and the gateway's file is edited, while somebody wants something. */
class CommandRouterIT {
    @InjectBundleContext
    BundleContext context;

    @InjectService
    ConfigurationAdmin admin;

    @InjectService
    Commands commands;

    @Test
    void aHandlerComesWorksAndLeavesInTheMiddle() throws Exception {
        assertThat(commands.names()).isEmpty();
        assertThat(answer(submit("a")).status()).isEqualTo(Status.REFUSED);

        ServiceRegistration<CommandHandler> quick = register(new FakeHandler("itest", false));
        assertThat(commands.names()).containsExactly("itest");
        assertThat(answer(submit("a")).isDone()).isTrue();
        quick.unregister();

        FakeHandler slow = new FakeHandler("itest", true);
        ServiceRegistration<CommandHandler> leaving = register(slow);
        CompletionStage<CommandResult> pending = submit("a");
        assertThat(slow.handled).hasSize(1);
        leaving.unregister();
        assertThat(answer(pending).status()).isEqualTo(Status.FAILED);
        assertThat(commands.names()).isEmpty();
    }

    /** An edit must not make the router anew: it would have forgotten what was done, and do it twice. */
    @Test
    void anEditOfTheGatewaysFileChangesTheRateAndKeepsTheRouter() throws Exception {
        FakeHandler handler = new FakeHandler("itest", false);
        ServiceRegistration<CommandHandler> registration = register(handler);
        Configuration file = admin.getConfiguration("headgate.gateway", "?");
        try {
            Hashtable<String, Object> properties = new Hashtable<>(Map.of(
                    Instance.KEYS,
                    new String[] {CommandLimits.RATE, CommandLimits.BURST},
                    CommandLimits.RATE,
                    "1/h",
                    CommandLimits.BURST,
                    "1"));
            file.update(properties);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                // Another target each time until the second command for one target is refused.
                String target = "t" + handler.handled.size();
                return answer(submit(target)).isDone() && answer(submit(target)).status() == Status.REFUSED;
            });
            assertThat(commands.names()).containsExactly("itest");
            assertThat(context.getService(context.getServiceReference(Commands.class)))
                    .isSameAs(commands);
        } finally {
            file.delete();
            registration.unregister();
        }
    }

    private ServiceRegistration<CommandHandler> register(CommandHandler handler) {
        return context.registerService(CommandHandler.class, handler, null);
    }

    private CompletionStage<CommandResult> submit(String device) {
        return commands.submit(Command.of("itest", Map.of("device", device), Origin.console("itest")));
    }

    private static CommandResult answer(CompletionStage<CommandResult> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
