package org.headgate.device.api.kit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A device that speaks the {@link LineProtocol}: a temperature and a pump. */
final class LinePeer implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, String> values =
            new ConcurrentHashMap<>(Map.of("temperature", "21.5", "pump", "0", "label", "north"));

    LinePeer() throws IOException {
        ProxiedConnection.daemon("line-accept", this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                ProxiedConnection.daemon("line-client", () -> serve(client));
            }
        } catch (IOException closed) {
            // How this loop ends.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String answer = answer(LineProtocol.text(line).split(" "));
                client.getOutputStream().write(LineProtocol.frame(answer).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // The client went, or spoke nonsense.
        } finally {
            clients.remove(client);
        }
    }

    private String answer(String[] words) {
        if (words[0].equals("w")) {
            values.put(words[1], words[2]);
        }
        return words[0].equals("hello") ? "= hello" : "= " + values.get(words[1]);
    }
}
