package org.headgate.bench.modbus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Modbus slaves in a process of their own, {@code Slaves COUNT}: each has a loopback address of its own, all have one port. One thread serves them all.
 *
 * <p>It is told on its standard input: {@code dead N} takes connections and answers nothing, {@code refuse N} takes none, {@code well} ends both, {@code reset} begins
 * to count anew, {@code report} prints the polls and the longest pause between two polls of a slave that is well, in nanoseconds. It ends with its input.
 */
public final class Slaves {
    private static final int BACKLOG = 8;

    private final Selector selector;
    private final ServerSocketChannel[] doors;
    private final Visits[] visits;
    private final Set<Integer> dead = new HashSet<>();
    private final Set<Integer> refusing = new HashSet<>();
    private final int port;
    private final Queue<String> told = new ArrayDeque<>();

    private Slaves(int count) throws IOException {
        selector = Selector.open();
        doors = new ServerSocketChannel[count];
        visits = new Visits[count];
        doors[0] = open(0, 0);
        port = doors[0].socket().getLocalPort();
        for (int i = 0; i < count; i++) {
            doors[i] = i == 0 ? doors[0] : open(i, port);
            visits[i] = new Visits();
        }
        System.out.println("ready " + port);
    }

    /** The address of a slave: a loopback address of its own. */
    public static String address(int slave) {
        return "127.1." + slave / 250 + "." + (slave % 250 + 1);
    }

    /** Serves until the input ends. */
    public static void main(String[] args) throws IOException {
        Slaves slaves = new Slaves(Integer.parseInt(args[0]));
        Thread listener = new Thread(slaves::listen, "told");
        listener.setDaemon(true);
        listener.start();
        slaves.serve();
    }

    private void listen() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                synchronized (told) {
                    told.add(line);
                }
                selector.wakeup();
            }
        } catch (IOException ended) {
            System.err.println(ended.getMessage());
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(this::ready);
            synchronized (told) {
                while (!told.isEmpty()) {
                    take(told.remove().split(" "));
                }
            }
        }
    }

    private void ready(SelectionKey key) {
        int slave = number(key);
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = doors[slave].accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Served(slave, new Slave(channel, visits[slave])));
            } else if (!((Served) key.attachment()).slave.serve(!dead.contains(slave))) {
                key.channel().close();
            }
        } catch (IOException gone) {
            close(key);
        }
    }

    private void take(String[] words) throws IOException {
        switch (words[0]) {
            case "dead" -> dead.add(Integer.valueOf(words[1]));
            case "refuse" -> {
                int slave = Integer.parseInt(words[1]);
                refusing.add(slave);
                selector.keys().stream().filter(key -> number(key) == slave).forEach(Slaves::close);
                selector.selectNow(this::ready);
            }
            case "well" -> heal();
            case "reset" -> {
                for (Visits each : visits) {
                    each.reset();
                }
            }
            case "report" -> report();
            default -> throw new IOException("told " + words[0]);
        }
    }

    private void heal() throws IOException {
        dead.clear();
        // A channel that is closed keeps its address until the next selection.
        selector.selectNow(this::ready);
        for (int slave : refusing) {
            doors[slave] = open(slave, port);
        }
        refusing.clear();
    }

    private ServerSocketChannel open(int slave, int at) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        door.bind(new InetSocketAddress(InetAddress.getByName(address(slave)), at), BACKLOG);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT, slave);
        return door;
    }

    private void report() {
        long now = System.nanoTime();
        long polls = 0;
        long longest = 0;
        for (int i = 0; i < visits.length; i++) {
            if (!dead.contains(i) && !refusing.contains(i)) {
                polls += visits[i].polls();
                longest = Math.max(longest, visits[i].longest(now));
            }
        }
        System.out.println("report " + polls + " " + longest);
    }

    private static int number(SelectionKey key) {
        return key.attachment() instanceof Integer door ? door : ((Served) key.attachment()).number;
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private record Served(int number, Slave slave) {}
}
