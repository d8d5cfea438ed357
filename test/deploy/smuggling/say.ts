import { connect } from 'node:net';

const answersBegin = /HTTP\/1\.1 [2-5]\d\d /g;

/** Sends these bytes, and hears what is answered until so many answers have begun or the connection ends. */
export async function say(port: number, bytes: string, answers: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      heard += chunk;
      if ((heard.match(answersBegin) ?? []).length >= answers) socket.destroy();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Who is rejected may be cut off while they still send.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
  });
}
