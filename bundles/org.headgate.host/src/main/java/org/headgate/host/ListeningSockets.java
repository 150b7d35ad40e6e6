package org.headgate.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The TCP sockets on which a process listens, from {@code /proc/PID/fd} and {@code /proc/PID/net/tcp} (proc(5)). */
public final class ListeningSockets {
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    /**
     * Those of this process, sorted as the kernel has them.
     *
     * @throws IOException when the kernel does not say
     */
    public static List<InetSocketAddress> ours(Machine machine) throws IOException {
        Path self = machine.root().resolve("proc/self");
        Set<String> inodes = new HashSet<>();
        for (Path descriptor : Machine.list(self.resolve("fd"), "*")) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            } catch (IOException closedMeanwhile) {
                continue;
            }
        }
        List<InetSocketAddress> found = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            Path file = self.resolve(table);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[3].equals(LISTEN) && inodes.contains(fields[9])) {
                        found.add(address(fields[1]));
                    }
                }
            }
        }
        return found;
    }

    /** {@code 0100007F:1F90}: 32-bit words of the address in the machine's order of bytes, the port in the network's. */
    static InetSocketAddress address(String text) throws UnknownHostException {
        int colon = text.indexOf(':');
        ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i < colon; i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(text.substring(i, i + 8), 16));
        }
        return new InetSocketAddress(
                InetAddress.getByAddress(bytes.array()), Integer.parseInt(text.substring(colon + 1), 16));
    }
}
