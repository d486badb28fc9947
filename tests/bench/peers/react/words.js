// The messages, for i18next.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

const en = {
  signIn: "Sign in",
  email: "E-mail",
  password: "Password",
  required: "Fill this in.",
  wrong: "E-mail or password is wrong.",
  templates: "Choose a card",
  waiting: "One moment…",
  save: "Save the card",
  photo: "Photo",
  shutter: "Take the photo",
  use: "Use this photo",
  preview: "This is the card",
};
const es = {
  signIn: "Entrar",
  email: "Correo",
  password: "Contraseña",
  required: "Rellena este campo.",
  wrong: "El correo o la contraseña no son correctos.",
  templates: "Elige una tarjeta",
  waiting: "Un momento…",
  save: "Guardar la tarjeta",
  photo: "Foto",
  shutter: "Hacer la foto",
  use: "Usar esta foto",
  preview: "Esta es la tarjeta",
};

i18next.use(initReactI18next).init({
  resources: { en: { translation: en }, es: { translation: es } },
  lng: document.documentElement.lang || "en",
  fallbackLng: "en",
  interpolation: { escapeValue: false },
});
