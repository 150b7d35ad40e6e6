package org.headgate.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loopback socket behind {@code bin/headgate exec}: one command a connection, as the user whose token comes first. A
 * client that is slow, silent or sends garbage is cut off and takes one of a few threads meanwhile, nothing else.
 */
@Component(service = ExecEndpoint.class, immediate = true)
public final class ExecEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ExecEndpoint.class);
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final Duration COMMAND = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 16;
    private static final int BUSY = 75;
    private static final int TIMED_OUT = 124;

    private final SessionFactory factory;
    private final AbsentCommand absent;
    private final Refusals refusals;
    private final ServerSocket server;
    private final ExecTokens tokens;
    private final ExecutorService readers;
    private final ExecutorService commands;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Called by Declarative Services, after the commands have been registered. */
    @Activate
    public ExecEndpoint(
            @Reference(target = SshSessions.KARAFS) SessionFactory factory,
            @Reference ShellCommands registered,
            @Reference Refusals refusals,
            BundleContext context)
            throws IOException {
        this(factory, registered.absent(), refusals, Path.of(context.getProperty("headgate.home"), "var", "run"));
        // Tells the launcher that this start went well: without the file it begins the next one with an empty cache.
        Files.writeString(Path.of(context.getProperty("headgate.home"), "cache", "ready"), "");
    }

    ExecEndpoint(SessionFactory factory, AbsentCommand absent, Refusals refusals, Path folder) throws IOException {
        this.factory = factory;
        this.absent = absent;
        this.refusals = refusals;
        server = new ServerSocket(0, CONNECTIONS, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        tokens = new ExecTokens(folder, server.getLocalPort());
        // One thread more, which accepts.
        readers = threads("exec", CONNECTIONS + 1);
        commands = threads("exec-command", CONNECTIONS);
        readers.execute(this::accept);
    }

    private static ExecutorService threads(String name, int most) {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                try {
                    readers.execute(() -> serve(socket));
                } catch (RejectedExecutionException busy) {
                    refuse(socket, "too many commands at once", BUSY);
                }
            } catch (IOException failed) {
                if (!server.isClosed()) {
                    LOG.warn("exec: cannot accept a connection: {}", failed.toString());
                }
            }
        }
    }

    private void refuse(Socket socket, String reason, int status) {
        try (socket) {
            ExecOutput output = new ExecOutput(socket.getOutputStream());
            output.err.println("error: " + reason);
            output.end(status);
        } catch (IOException gone) {
            LOG.debug("exec: the client is gone: {}", gone.toString());
        } finally {
            open.remove(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            ExecRequest request = ExecRequest.read(socket, REQUEST);
            Optional<Subject> user = tokens.user(request.token());
            if (user.isEmpty()) {
                refusals.refused("unknown", from(socket) + ": wrong token");
                refuse(socket, "wrong token", ExecCommand.DENIED);
                return;
            }
            ExecCommand command = new ExecCommand(factory, absent, request.words());
            ExecOutput output = new ExecOutput(socket.getOutputStream());
            Future<?> running = commands.submit(() -> answer(socket, command, user.get(), output));
            watch(socket, command, output, running);
        } catch (RejectedExecutionException | IOException cut) {
            LOG.debug("exec: connection ended: {}", cut.toString());
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Socket socket, ExecCommand command, Subject user, ExecOutput output) {
        try (socket) {
            int status = command.run(user, output);
            if (command.denied()) {
                refusals.refused(
                        Users.name(user), from(socket) + ": " + command.name() + ": not allowed with this role");
            }
            output.end(status);
        } catch (IOException gone) {
            LOG.debug("exec: the client is gone: {}", gone.toString());
        }
    }

    private static String from(Socket socket) {
        return "exec from " + socket.getInetAddress().getHostAddress();
    }

    /** Waits until the answer has closed the connection; ends the command when its client leaves or its time is up. */
    private void watch(Socket socket, ExecCommand command, ExecOutput output, Future<?> running) {
        try {
            socket.setSoTimeout(command.endless() ? 0 : (int) COMMAND.toMillis());
            while (socket.getInputStream().read() >= 0) {
                // What comes after the request means nothing.
            }
        } catch (SocketTimeoutException tooLong) {
            running.cancel(true);
            output.err.println("error: no end within " + COMMAND.toSeconds() + " s");
            try {
                output.end(TIMED_OUT);
            } catch (IOException gone) {
                LOG.debug("exec: the client is gone: {}", gone.toString());
            }
        } catch (IOException closed) {
            LOG.trace("exec: answered");
        }
        running.cancel(true);
    }

    @Deactivate
    void stop() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        readers.shutdownNow();
        commands.shutdownNow();
        tokens.delete();
    }
}
