// What others do with the same file: to the Base64 of a JPEG of its middle, in the way that each one's documentation shows.
import Compressor from "compressorjs";
import Cropper from "cropperjs";
import compress from "browser-image-compression";
import makePica from "pica";

const QUALITY = 0.92;

const base64 = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = reject;
  reader.readAsDataURL(blob);
});

const toBlob = (canvas) => new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });

const opened = async (file) => {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  URL.revokeObjectURL(image.src);
  return image;
};

const canvasOf = (width, height) => Object.assign(document.createElement("canvas"), { width, height });

/** The largest part of this shape in the middle. */
function middle(width, height, ratio) {
  const across = Math.min(width, height * ratio);
  const down = across / ratio;
  return [(width - across) / 2, (height - down) / 2, across, down];
}

const pica = makePica();

export const peers = {
  compressorjs: (file, width, height) => new Promise((success, error) => {
    new Compressor(file, { width, height, resize: "cover", quality: QUALITY, mimeType: "image/jpeg", success, error });
  }).then(base64),

  // It scales and does not crop.
  "browser-image-compression": async (file, width, height) => {
    const small = await compress(file, {
      maxWidthOrHeight: Math.ceil((height * 4) / 3), initialQuality: QUALITY, fileType: "image/jpeg", maxSizeMB: 10,
      useWebWorker: true, libURL: new URL("browser-image-compression.js", location.href).href,
    });
    const image = await opened(small);
    const canvas = canvasOf(width, height);
    canvas.getContext("2d").drawImage(image, ...middle(image.naturalWidth, image.naturalHeight, width / height), 0, 0, width, height);
    return base64(await toBlob(canvas));
  },

  pica: async (file, width, height) => {
    const image = await opened(file);
    const [x, y, across, down] = middle(image.naturalWidth, image.naturalHeight, width / height);
    const part = canvasOf(across, down);
    part.getContext("2d").drawImage(image, x, y, across, down, 0, 0, across, down);
    const canvas = await pica.resize(part, canvasOf(width, height));
    return base64(await pica.toBlob(canvas, "image/jpeg", QUALITY));
  },

  cropperjs: async (file, width, height) => {
    const box = document.createElement("div");
    box.style.width = "800px";
    box.style.height = "600px";
    document.body.append(box);
    const image = new Image();
    image.src = URL.createObjectURL(file);
    box.append(image);
    const cropper = new Cropper(image, { container: box });
    box.querySelector("cropper-canvas").style.height = "600px";
    await cropper.getCropperImage().$ready();
    const selection = cropper.getCropperSelection();
    cropper.getCropperImage().$center("contain");
    selection.$change(...middle(800, 600, width / height));
    const blob = await toBlob(await selection.$toCanvas({ width, height }));
    box.remove();
    URL.revokeObjectURL(image.src);
    return base64(blob);
  },
};
