package org.headgate.device.api.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** One driver's connection through a {@link FaultyProxy}: a thread for each direction, ended with it. */
final class ProxiedConnection {
    private final Socket driver;
    private final Socket peer;
    private final Consumer<ProxiedConnection> ended;
    private Disturbance disturbance = Disturbance.NONE;
    private Random garbage = new Random(0);
    private int left;
    private boolean cut;

    ProxiedConnection(Socket driver, Socket peer, Consumer<ProxiedConnection> ended) {
        this.driver = driver;
        this.peer = peer;
        this.ended = ended;
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void start(InetSocketAddress address) {
        daemon("proxy-requests", () -> {
            try {
                peer.connect(address);
                daemon("proxy-answers", () -> pump(peer, driver, true));
                pump(driver, peer, false);
            } catch (IOException refused) {
                cut();
            }
        });
    }

    synchronized void disturb(Disturbance next) {
        disturbance = next;
        garbage = new Random(
                next instanceof Disturbance.Garble garble
                        ? garble.seed()
                        : next instanceof Disturbance.Flip flip ? flip.seed() : 0);
        left = next instanceof Disturbance.Cut limit ? limit.bytes() : 0;
        notifyAll();
    }

    /** Resets both sides. */
    void cut() {
        synchronized (this) {
            cut = true;
            notifyAll();
        }
        for (Socket socket : new Socket[] {driver, peer}) {
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException gone) {
                // Closing a socket that is gone already: nothing is left to close.
            }
        }
        ended.accept(this);
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[4096];
        try {
            OutputStream out = to.getOutputStream();
            to.setTcpNoDelay(true);
            for (int count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                pass(bytes, count, out, answers);
            }
        } catch (IOException broken) {
            // Either side went away; the other one follows below.
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    private void pass(byte[] bytes, int count, OutputStream out, boolean answers)
            throws IOException, InterruptedException {
        Disturbance now = whenNotHanging();
        if (!answers || now instanceof Disturbance.None) {
            out.write(bytes, 0, count);
        } else if (now instanceof Disturbance.Garble) {
            byte[] random = new byte[count];
            garbage.nextBytes(random);
            out.write(random);
        } else if (now instanceof Disturbance.Flip) {
            bytes[garbage.nextInt(count)] ^= (byte) (1 << garbage.nextInt(8));
            out.write(bytes, 0, count);
        } else if (now instanceof Disturbance.Trickle slow) {
            for (int i = 0; i < count; i++) {
                out.write(bytes, i, 1);
                pause(slow.perByte());
            }
        } else {
            out.write(bytes, 0, Math.min(left, count));
            left -= count;
            if (left <= 0) {
                throw new IOException("cut");
            }
        }
    }

    private synchronized Disturbance whenNotHanging() throws IOException, InterruptedException {
        while (disturbance instanceof Disturbance.Hang && !cut) {
            wait();
        }
        if (cut) {
            throw new IOException("cut");
        }
        return disturbance;
    }

    private synchronized void pause(Duration time) throws InterruptedException {
        if (!cut) {
            wait(time.toMillis());
        }
    }
}
