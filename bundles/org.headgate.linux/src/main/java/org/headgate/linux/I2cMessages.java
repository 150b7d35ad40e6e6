package org.headgate.linux;

/** How the kernel is told to transfer; used by one thread at a time. Throws {@code LastErrorException}. */
interface I2cMessages {
    void transfer(byte[] out, int outAt, int outCount, byte[] in, int inAt, int inCount);
}
