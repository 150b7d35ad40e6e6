package org.headgate.driver.scpi;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A power supply: {@code VOLT}, {@code OUTP}, {@code MEAS:CURR?}, and the error queue of SCPI-1999, 21.8. */
final class Instrument implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    // No thread waits for a next client: those of a peer count as left over, too.
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    private volatile String volt = "+1.200000E+01";
    private volatile String output = "0";

    Instrument() throws IOException {
        threads.execute(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    String volt() {
        return volt;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // How this loop ends.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                client.getOutputStream().write((answer(line) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // The client went.
        } finally {
            clients.remove(client);
        }
    }

    private String answer(String line) {
        String[] parts = line.split(";:");
        if (parts.length == 2) {
            return parts[1].equals("SYST:ERR?") ? set(parts[0].split(" ")) : "";
        }
        return switch (line) {
            case "*IDN?" -> "ACME,PS-12,4711,1.0";
            case "VOLT?" -> volt;
            case "OUTP?" -> output;
            case "MEAS:CURR?" -> "-3.5E-3";
            case "MEAS:TEMP?" -> "hot";
            default -> "";
        };
    }

    private String set(String... words) {
        if (words[0].equals("VOLT") && Double.parseDouble(words[1]) <= 30) {
            volt = words[1];
        } else if (words[0].equals("OUTP")) {
            output = words[1];
        } else {
            return "-222,\"Data out of range\"";
        }
        return "+0,\"No error\"";
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
        threads.shutdownNow();
    }
}
