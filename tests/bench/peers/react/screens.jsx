// The screens from sign-in to a card.
import { useCallback, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import Cropper from "react-easy-crop";
import Webcam from "react-webcam";
import { useSession } from "./session.jsx";

function Field({ name, label, error, ...input }) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input id={name} name={name} aria-invalid={Boolean(error)} {...input} />
      {error && <p role="alert">{error.message}</p>}
    </div>
  );
}

export function SignIn() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const { register, handleSubmit, formState } = useForm();
  const signIn = useMutation({
    mutationFn: (credentials) => session.signIn(credentials),
    onSuccess: () => navigate("/templates"),
  });
  const needed = { required: t("required") };
  return (
    <form className="screen" data-screen="sign-in" noValidate onSubmit={handleSubmit((values) => signIn.mutate(values))}>
      <h2>{t("signIn")}</h2>
      <Field type="email" label={t("email")} autoComplete="username" error={formState.errors.email} {...register("email", needed)} />
      <Field type="password" label={t("password")} autoComplete="current-password" error={formState.errors.password} {...register("password", needed)} />
      {signIn.isError && <p role="alert">{t("wrong")}</p>}
      <button className="button primary" data-action="sign-in" disabled={signIn.isPending}>{t("signIn")}</button>
    </form>
  );
}

export function Templates() {
  const { t } = useTranslation();
  const session = useSession();
  const templates = useQuery({ queryKey: ["templates"], queryFn: () => session.call("card_templates") });
  if (templates.isPending) return <p role="status">{t("waiting")}</p>;
  if (templates.isError) return <p role="alert">{templates.error.message}</p>;
  return (
    <section className="screen" data-screen="templates">
      <h2>{t("templates")}</h2>
      {templates.data.map(({ id, name }) => <Link key={id} to={`/templates/${id}`}>{name}</Link>)}
    </section>
  );
}

export function CardForm() {
  const { t } = useTranslation();
  const session = useSession();
  const { template } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { register, handleSubmit, formState } = useForm();
  const fields = useQuery({ queryKey: ["template", template], queryFn: () => session.call(`card_templates/${template}`) });
  const save = useMutation({
    mutationFn: (data) => session.call("cards", { template, data: JSON.stringify(data) }),
    onSuccess: (card) => {
      queries.setQueryData(["card", String(card.id)], card);
      navigate(`/cards/${card.id}`);
    },
  });
  if (!fields.data) return <p role="status">{t("waiting")}</p>;
  return (
    <form className="screen" data-screen="card-form" onSubmit={handleSubmit((values) => save.mutate(values))}>
      {fields.data.fields.map(({ token, label, required }) => (
        <Field key={token} label={label} error={formState.errors[token]} {...register(token, { required: required && t("required") })} />
      ))}
      <Link to={`/templates/${template}/photo`}>{t("photo")}</Link>
      <button className="button primary">{t("save")}</button>
    </form>
  );
}

export function Photo() {
  const { t } = useTranslation();
  const { template } = useParams();
  const navigate = useNavigate();
  const camera = useRef(null);
  const [image, setImage] = useState("");
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const [area, setArea] = useState(null);
  const shoot = useCallback(() => setImage(camera.current.getScreenshot()), []);
  if (!image) {
    return (
      <section className="screen" data-screen="photo">
        <Webcam ref={camera} screenshotFormat="image/jpeg" videoConstraints={{ facingMode: "user" }} />
        <button className="button primary" onClick={shoot}>{t("shutter")}</button>
      </section>
    );
  }
  return (
    <section className="screen" data-screen="photo">
      <Cropper
        image={image} crop={crop} zoom={zoom} aspect={3 / 4} onCropChange={setCrop} onZoomChange={setZoom}
        onCropComplete={(_, pixels) => setArea(pixels)}
      />
      <button className="button primary" onClick={() => navigate(`/templates/${template}`, { state: { image, area } })}>{t("use")}</button>
    </section>
  );
}

export function Preview() {
  const { t } = useTranslation();
  const session = useSession();
  const { card } = useParams();
  const preview = useQuery({ queryKey: ["preview", card], queryFn: () => session.call(`cards/${card}/preview`) });
  if (!preview.data) return <p role="status">{t("waiting")}</p>;
  return (
    <section className="screen" data-screen="preview">
      <h2>{t("preview")}</h2>
      <img alt="" src={`data:image/png;base64,${preview.data.front}`} />
    </section>
  );
}
