import { PhotonImage } from '@silvia-odwyer/photon'

show(new PhotonImage(new Uint8Array(6 * 7 * 4), 6, 7).get_width())
