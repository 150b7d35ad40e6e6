package org.headgate.pi4j;

import com.pi4j.io.exception.IOException;
import org.headgate.linux.KernelException;

/** What the kernel refuses, as Pi4J throws it. */
final class Refused {
    private Refused() {}

    /** A call of the kernel. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws KernelException;
    }

    /** A call of the kernel without a result. */
    @FunctionalInterface
    interface Order {
        void run() throws KernelException;
    }

    static <T> T ask(Call<T> call) {
        try {
            return call.run();
        } catch (KernelException refused) {
            throw of(refused);
        }
    }

    static void tell(Order order) {
        try {
            order.run();
        } catch (KernelException refused) {
            throw of(refused);
        }
    }

    static IOException of(java.io.IOException refused) {
        return new IOException(refused.getMessage(), refused);
    }
}
